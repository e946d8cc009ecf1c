/** Runs `npm run editor`: TypeScript as it is, without the caches that tsx and Node would leave behind. */
process.env.TSX_DISABLE_CACHE = '1';
process.env.NODE_DISABLE_COMPILE_CACHE = '1';
require('tsx/cjs');
require('./editor.cts');
