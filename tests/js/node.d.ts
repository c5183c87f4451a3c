/** What of Node the tests use, so that scripts and tests are checked without a package of its types. */
declare module 'node:assert/strict';
declare module 'node:fs';
declare module 'node:readline';
declare module 'node:test';
declare module 'node:process';
