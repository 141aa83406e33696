// The worker as built, in a process of its own, by a clock that its parent sets: at first by CLOCK, then by messages. Without CLOCK, by
// that of the process.
const { runWorker } = await import(process.env.WORKER);

let now = new Date(process.env.CLOCK);
process.on('message', (at) => {
  now = new Date(at);
  process.send(at);
});
process.on('disconnect', () => process.exit(0));
const clock = process.env.CLOCK ? () => now : () => new Date();
await runWorker({ clock, stalledAfter: Number(process.env.STALLED_AFTER) });
process.send('ready');
