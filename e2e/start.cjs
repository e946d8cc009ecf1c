/** Runs `npm run editor`: TypeScript as it is, and without the cache that tsx would leave behind. */
process.env.TSX_DISABLE_CACHE = '1';
require('tsx/cjs');
require('./editor.cts');
