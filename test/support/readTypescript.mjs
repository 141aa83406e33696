// In each process of the tests, once: files are TypeScript. Not in NODE_OPTIONS, which the processes that tests start would inherit.
import 'tsx';
