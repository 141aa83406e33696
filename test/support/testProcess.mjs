// In each process of the tests, once. Files are TypeScript: not in NODE_OPTIONS, which the processes that tests start would inherit.
import 'tsx';

// It goes with the runner, which waits for nobody: a timer that a test left would keep it for ever, unseen.
process.once('disconnect', () => process.exit());
