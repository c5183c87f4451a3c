// @ts-check
/** Starts the page. */
import { Conductor } from './conductor.js';
import { fetchCatalog, fetchThumbnails } from './net/api.js';

const [catalog, thumbnails] = await Promise.all([fetchCatalog(), fetchThumbnails()]);
new Conductor(catalog, thumbnails).open();
