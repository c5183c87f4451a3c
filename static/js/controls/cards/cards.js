// @ts-check
/** The optimizers of the race, one card each, and the menu that adds more. */

import { h, setHidden, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { addOptimizer, duplicateOptimizer, find, moveOptimizer, removeOptimizer } from '../../state/experiment.js';
import { profileOf } from '../../state/profiles.js';
import { attachMenu } from '../elements/menu.js';
import { createCard } from './card.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('./card.js').Card} Card
 */

/** What the page knows of its cards while it runs. */
class Deck {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    /** @type {Card[]} */
    this.cards = [];
    /** @type {Model|null} */
    this.model = null;
    /** What is to be done once a change is on the page. @type {(() => void)|null} */
    this.after = null;
  }

  /** @returns {Model} */
  get now() {
    if (!this.model) throw new Error('cards act only after their first update');
    return this.model;
  }

  /** @param {import('../../core/types.js').Change} fn @param {() => void} after  once the page shows it */
  apply(fn, after) {
    this.after = after;
    this.context.change(fn, false);
  }

  /** @param {number} place */
  focus(place) {
    this.cards[Math.min(place, this.cards.length - 1)]?.focus();
  }

  /** @param {string} presetId */
  add(presetId) {
    const place = this.cards.length;
    this.apply((e) => addOptimizer(e, this.context.catalog, presetId), () => this.focus(place));
  }

  /** @param {number} place */
  remove(place) {
    this.cards.splice(place, 1)[0].el.remove();
    this.apply((e) => removeOptimizer(e, place), () => this.focus(place));
  }

  /** @param {number} place */
  duplicate(place) {
    this.cards.splice(place + 1, 0, this.create(this.now.experiment.optimizers[place]));
    this.apply((e) => duplicateOptimizer(e, place), () => this.focus(place + 1));
  }

  /** @param {number} from @param {number} to */
  move(from, to) {
    if (to < 0 || to >= this.cards.length) return;
    const [card] = this.cards.splice(from, 1);
    const focused = /** @type {HTMLElement|null} */ (document.activeElement);
    this.cards.splice(to, 0, card);
    this.apply((e) => moveOptimizer(e, from, to), () => (card.el.contains(focused) ? focused?.focus() : this.focus(to)));
  }

  /** @param {number} place */
  toggle(place) {
    const { styles } = this.now.view;
    this.context.changeView({ styles: styles.map((style, index) => (index === place ? { ...style, hidden: !style.hidden } : style)) });
  }

  /** @param {import('../../core/types.js').OptimizerChoice} optimizer @returns {Card} */
  create(optimizer) {
    /** @type {Card} */
    const card = createCard(this.context, {
      place: () => this.cards.indexOf(card),
      experiment: () => this.now.experiment,
      toggle: () => this.toggle(this.cards.indexOf(card)),
      items: () => this.items(this.cards.indexOf(card)),
    }, optimizer);
    card.el.addEventListener('keydown', (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!event.altKey || !by) return;
      event.preventDefault();
      const place = this.cards.indexOf(card);
      this.move(place, place + by);
    });
    return card;
  }

  /** @param {number} place @returns {import('../elements/menu.js').MenuItem[]} */
  items(place) {
    const full = this.full();
    return [
      { title: say('cards.duplicate'), disabled: full, run: () => this.duplicate(place) },
      { title: say('cards.up'), keys: say('keys.move-up'), disabled: place === 0, run: () => this.move(place, place - 1) },
      { title: say('cards.down'), keys: say('keys.move-down'), disabled: place === this.cards.length - 1, run: () => this.move(place, place + 1) },
      { title: say('cards.remove'), run: () => this.remove(place) },
    ];
  }

  full() {
    return this.now.experiment.optimizers.length >= (this.context.catalog.limits.optimizers ?? Infinity);
  }

  /** Keeps every card whose optimizer is still of its kind, in place. @param {Model} model */
  update(model) {
    this.model = model;
    const { optimizers } = model.experiment;
    for (const card of this.cards.splice(optimizers.length)) card.el.remove();
    optimizers.forEach((optimizer, place) => {
      if (this.cards[place]?.kind !== optimizer.name) {
        this.cards[place]?.el.remove();
        this.cards[place] = this.create(optimizer);
      }
      const { el } = this.cards[place];
      if (this.host.children[place] !== el) this.host.insertBefore(el, this.host.children[place] ?? null);
      this.cards[place].update(model, place);
    });
    this.after?.();
    this.after = null;
  }
}

/** What is wrong with a field of an optimizer, to its card. @param {Deck} deck @param {import('../../core/types.js').Problem[]} problems @param {boolean} clear */
function markFaults(deck, problems, clear) {
  for (const { at: [first, place, ...inner], message } of problems) {
    if (first === 'optimizers' && inner.length) deck.cards[Number(place)]?.setFault(inner, clear ? null : message);
  }
}

/** The presets whose optimizer can take part. @param {import('../../core/types.js').Catalog} catalog @param {import('../../core/types.js').Experiment} experiment */
function presetsFor(catalog, experiment) {
  const { presets, optimizers } = catalog;
  const able = profileOf(catalog, experiment).field ? 'surfaces' : 'models';
  return presets.filter((preset) => find(optimizers, preset.optimizer)[able]);
}

/** @param {HTMLElement} root @param {Context} context @returns {import('../../core/types.js').Control} */
export function createCards(root, context) {
  const list = h('div', { class: 'cards' });
  const empty = h('p', { class: 'empty', text: say('cards.none'), hidden: true });
  const add = h('button', { class: 'button add', type: 'button', text: say('cards.add') });
  const deck = new Deck(list, context);
  attachMenu(add, say('cards.to-add'), () =>
    presetsFor(context.catalog, deck.now.experiment).map(({ id, title, line }) => ({ title, line, run: () => deck.add(id) })));
  const fault = h('p', { class: 'fault', 'aria-live': 'polite', hidden: true });
  root.append(list, empty, fault, add);
  /** @type {unknown[]} */
  let seen = [];
  const update = (/** @type {Model} */ model) => {
    const { experiment, view, race, problems } = model;
    const now = [experiment, view.styles, race, race?.complete, race?.outcomes, problems];
    if (now.every((each, index) => each === seen[index])) return;
    const before = deck.model?.problems ?? [];
    seen = now;
    deck.update(model);
    setHidden(empty, experiment.optimizers.length > 0);
    add.disabled = deck.full();
    if (before !== problems) {
      markFaults(deck, before, true);
      markFaults(deck, problems, false);
      setText(fault, problems.find(({ at }) => at.length === 1 && at[0] === 'optimizers')?.message ?? '');
      setHidden(fault, fault.textContent === '');
    }
  };
  return { update };
}
