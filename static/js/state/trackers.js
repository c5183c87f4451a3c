// @ts-check
/**
 * Fields that others put behind any link they pass on, to know where a click came from: they say nothing of an
 * experiment and are passed over without a word.
 *
 * The rule: a name is here if its owner documents that it is added to the links of others, or if it is seen on links
 * that were copied from there, and if nothing of ours could ever be called so. `ref` and `source` are not here.
 */

/** Beginnings of names: Urchin and Google Analytics, Matomo, Piwik, HubSpot, Mailchimp, AT Internet, Vero, Omeda. */
const FAMILIES = ['utm_', 'mtm_', 'matomo_', 'pk_', 'piwik_', 'hsa_', '_hs', 'mc_', 'at_', 'vero_', 'oly_'];

/** Whole names. */
const NAMES = new Set([
  'fbclid', // Facebook
  'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid', 'srsltid', '_ga', '_gl', '_gac', // Google
  'msclkid', // Microsoft
  'igsh', 'igshid', // Instagram
  'twclid', // X
  'ttclid', // TikTok
  'li_fat_id', // LinkedIn
  'yclid', 'ysclid', '_openstat', // Yandex
  'rdt_cid', // Reddit
  'epik', // Pinterest
  'ScCid', // Snapchat
  'mkt_tok', // Marketo
  's_kwcid', 'ef_id', 's_cid', // Adobe
  '__hstc', '__hssc', '__hsfp', 'hsCtaTracking', // HubSpot
  'ml_subscriber', 'ml_subscriber_hash', // MailerLite
  '_kx', // Klaviyo
  'wickedid', 'rb_clickid', 'irclickid',
]);

/** @param {string} name  of a field of an address */
export function isTracker(name) {
  return NAMES.has(name) || FAMILIES.some((family) => name.startsWith(family) && name.length > family.length);
}
