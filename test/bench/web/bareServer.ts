import path from 'node:path';
import cookieParser from 'cookie-parser';
import express, { type Response } from 'express';
import session from 'express-session';
import Joi from 'joi';
import { MongoClient } from 'mongodb';
import { projectRoot } from '../../../src/config.js';

/**
 * The least that a program would do for what the desk is measured at: Express, EJS, and one statement of the store where the job
 * needs one. A process of its own; told by its environment which store, which secret, how long its pages are (`SIZES`, in
 * bytes, by path) and how many writes a submission is.
 */
const { MONGODB_URL = '', SESSION_SECRETS = '', SIZES = '{}', WRITES = '1' } = process.env;
const sizes = JSON.parse(SIZES) as Record<string, number>;
const secret = SESSION_SECRETS.split(',')[0] ?? '';
const views = path.join(projectRoot, 'test/bench/web/views');

const app = express();
app.set('view engine', 'ejs');
app.set('views', views);
app.set('view cache', true);
app.disable('x-powered-by');

/** What fills a page up to the length of the desk's: text that costs nothing to write. */
const rest = new Map<string, string>();

const answer = (res: Response, name: string, rows: string[] = []): void => {
  const locals = { title: 'Page', rows, rest: rest.get(name) ?? '' };
  if (rest.has(name)) {
    res.render('page', locals);
    return;
  }
  res.app.render('page', locals, (_error: Error | null, html: string) => {
    rest.set(name, 'x'.repeat(Math.max(0, (sizes[name] ?? 0) - Buffer.byteLength(html))));
    answer(res, name, rows);
  });
};

const store = new MongoClient(MONGODB_URL).db();
const ANSWERS = Joi.object({ needs: Joi.array().items(Joi.string()).single().min(1).required() }).unknown();
const PROJECT = Joi.object({
  title: Joi.string().max(200).required(),
  summary: Joi.string().max(4000).required(),
}).unknown();
const readForm = express.urlencoded({ extended: false });

app.get('/page', (_req, res) => answer(res, 'page'));

app.get('/step-page', cookieParser(secret), async (req, res) => {
  const draft = await store
    .collection<{ _id: string }>('drafts')
    .findOne({ visitors: String(req.signedCookies['visiteur']) });
  answer(res, 'step-page', draft ? ['draft'] : []);
});

app.post('/step', readForm, session({ secret, resave: false, saveUninitialized: true }), async (req, res) => {
  const { error, value } = ANSWERS.validate(req.body);
  if (error) return void res.status(422).end();
  await store
    .collection<{ _id: string }>('bareDrafts')
    .updateOne({ _id: req.sessionID }, { $set: { answers: value } }, { upsert: true });
  res.redirect(303, '/page');
});

app.post('/submission', readForm, async (req, res) => {
  const { error, value } = PROJECT.validate(req.body);
  if (error) return void res.status(422).end();
  for (let write = 0; write < Number(WRITES); write += 1)
    await store.collection('bareProjects').insertOne({ ...value });
  res.redirect(303, '/page');
});

app.get('/queue', async (_req, res) => {
  const rows = await store
    .collection('referrals')
    .find({ partner: 'ti-tiltam', basket: 'a-prendre' })
    .sort({ callBy: 1, _id: 1 })
    .limit(25)
    .toArray();
  if (rows.length !== 25) throw new Error(`${rows.length} rows`);
  answer(
    res,
    'queue',
    rows.map(({ about }) => String(about.title)),
  );
});

app.get('/dashboard', async (_req, res) => {
  const rows = await store.collection('cells').find({ dimension: '', value: '' }).sort({ month: 1 }).toArray();
  if (rows.length === 0) throw new Error('no row');
  answer(
    res,
    'dashboard',
    rows.map(({ month }) => String(month)),
  );
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : null);
});
process.on('disconnect', () => process.exit(0));
