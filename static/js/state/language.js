// @ts-check
/**
 * The language that an address asks for as `lang`. It belongs to the reader: it goes along to every address that the page
 * writes for who reads it, and stands in no link that is given to others.
 */
import { encode, settle, splitQuery } from './addresstext.js';

const KEY = 'lang';

/** `address`, asking for the language that `query` asks for, if any. @param {string} address @param {string} query */
export function inLanguage(address, query) {
  const language = new Map(splitQuery(query)).get(KEY);
  return language ? `${address}${address.includes('?') ? '&' : '?'}${KEY}=${encode(settle(language))}` : address;
}

/** The rest of a query as it stands there. @param {string} query  with its question mark, or empty */
export function withoutLanguage(query) {
  const rest = query.replace(/^\?/, '').split('&').filter((field) => field && !field.startsWith(`${KEY}=`));
  return rest.length ? `?${rest.join('&')}` : '';
}
