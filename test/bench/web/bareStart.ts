import express from 'express';

/** The least that a web server is. */
express()
  .get('/', (_req, res) => void res.send('ok'))
  .listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGINT', () => process.exit(0));
