// @ts-check
/** Two experiments side by side under one player. Wires the parts. */
import { createHelp } from '../controls/page/help.js';
import { listenToKeys } from '../controls/page/keyboard.js';
import { createNotices } from '../controls/page/notices.js';
import { createTransport } from '../controls/stage/transport.js';
import { ROOT } from '../core/root.js';
import { rememberedSettings, rememberSettings } from '../memory.js';
import { Connection } from '../net/connection.js';
import { History } from '../state/history.js';
import { NoSource, readSource, writeSource } from '../state/source.js';
import { profileOf } from '../state/profiles.js';
import { initialView } from '../state/view.js';
import { createActions, createCurveTabs, createStageTabs } from './bars.js';
import { Column } from './column.js';
import { differences, pairOptimizers } from './differences.js';
import { copyLink } from './link.js';
import { Look } from './look.js';
import { PlaceWriter, readPlace } from './place.js';
import { Playing } from './playing.js';
import { reach } from './shared.js';
import { pairStyles } from './styles.js';
import { createDifferenceTable } from './table.js';

/** @typedef {import('../core/types.js').Catalog} Catalog @typedef {import('../core/types.js').View} View */
/** @typedef {import('../state/source.js').Source} Source */
/** @typedef {(Source|null)[]} Sources  of the left and of the right */

const NAMES = /** @type {const} */ (['left', 'right']);
const NO_PROBLEMS = /** @type {import('../core/types.js').Problem[]} */ ([]);

export class ComparePage {
  /** @param {Catalog} catalog */
  constructor(catalog) {
    this.catalog = catalog;
    this.settings = { ...initialView(), ...rememberedSettings() };
    this.look = new Look();
    /** @type {History<Sources>} */ this.history = new History();
    /** What stood there when that was last noted. @type {Sources} */ this.noted = [null, null];
    this.writer = new PlaceWriter();
    this.notices = createNotices(document.body);
    this.connection = new Connection(() => this.playing.playback.ask());
    /** @type {Playing} */ this.playing = new Playing(() => this.columns, () => this.update());
    /** @type {Column[]} */ this.columns = NAMES.map((name) => new Column(name, this, this.playing.playback, {
      onExperiment: () => this.compare(),
      onChange: (live) => this.note(live),
      onRace: () => this.playing.showRaces(),
      onPick: (column, text) => this.pick(column, text),
      onProblem: (text) => this.notices.announce(text),
    }));
    /** The others take over its colours, also where the sides are swapped. */
    this.leader = this.columns[0];
    this.playing.player.speed = this.settings.speed;
    this.createBars();
    addEventListener('popstate', () => void this.goBack());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redrawAll());
    this.setTheme(this.settings.theme);
  }

  createBars() {
    const commands = {
      ...this.playing.playback.commands(),
      setSpeed: (/** @type {number} */ speed) => this.setSpeed(speed),
      resetZoom: () => this.columns.forEach(({ side }) => side.show.stage.resetZoom()),
      undo: () => void this.travel((present) => this.history.undo(present)),
      redo: () => void this.travel((present) => this.history.redo(present)),
    };
    const help = createHelp();
    const { undo, redo } = commands;
    const swap = () => this.swapSides();
    const copy = () => void copyLink(this.columns.map(({ side }) => side), this.look.words(), this.playing.playback.resting(), this.notices);
    this.actions = createActions({ undo, redo, swap, copy, help, setTheme: (theme) => this.setTheme(theme) });
    this.stageTabs = createStageTabs((tab) => this.choose({ tab }));
    this.curveTabs = createCurveTabs((said) => this.choose(said));
    this.transport = createTransport(document.body, { commands });
    this.table = createDifferenceTable(/** @type {HTMLElement} */ (document.getElementById('differences-body')));
    listenToKeys({ commands }, { help, last: () => this.playing.player.last });
  }

  /** Opens what the address names. */
  async open() {
    const place = readPlace(this.catalog);
    this.look.read(place.view);
    const opened = this.columns.map((column, index) => column.begin(place.sources[index], place.texts[index], place.faults[index]));
    this.compare();
    const faults = await Promise.all(opened);
    this.adopt();
    this.noted = this.sources();
    if (!faults.some(Boolean)) this.write({ live: false, replace: true });
    const asked = this.columns.map(({ side }) => side.asked.step ?? null);
    this.playing.start(place.view.step ?? (place.silent ? null : (asked[0] ?? asked[1])));
  }

  /** @returns {Sources} */
  sources() {
    return this.columns.map(({ side }) => side.source);
  }

  /** @param {Column} column @param {string} text @returns {Promise<string>} what is wrong */
  async pick(column, text) {
    try {
      const wrong = await column.side.open(readSource(text, ROOT));
      if (wrong) return wrong;
    } catch (error) {
      if (error instanceof NoSource) return error.message;
      throw error;
    }
    this.adopt();
    this.note(false);
    this.playing.start(column.side.asked.step ?? null);
    return '';
  }

  swapSides() {
    this.exchange();
    this.note(false);
  }

  /** The sides change places: nothing is computed again. */
  exchange() {
    this.columns.reverse();
    this.columns.forEach((column, index) => column.place(NAMES[index]));
    this.columns[1].el.before(this.columns[0].el);
    this.compare();
  }

  /** Shows what stood there at another time. @param {Sources} sources */
  async go(sources) {
    const same = (/** @type {Source|null} */ a, /** @type {Source|null} */ b) => (a && writeSource(a)) === (b && writeSource(b));
    const [left, right] = this.sources();
    if (same(sources[0], right) && same(sources[1], left)) this.exchange();
    const opened = this.columns.map(({ side }, index) => (same(side.source, sources[index]) ? '' : this.columns[index].begin(sources[index], '', '')));
    for (const fault of await Promise.all(opened)) if (fault) this.notices.announce(fault, 'alert');
    this.compare();
    this.noted = this.sources();
  }

  /** To what the address bar says since the user went back or forward. */
  async goBack() {
    // What was still to be written belongs to the place that was left.
    clearTimeout(this.writer.timer);
    const { sources, view } = readPlace(this.catalog);
    this.look.read(view);
    await this.go(sources);
    this.adopt();
  }

  /** @param {(present: Sources) => Sources|null} move */
  async travel(move) {
    const found = move(this.sources());
    if (!found) return;
    await this.go(found);
    this.write({ live: false });
  }

  /** The user has changed what stands there. @param {boolean} live  while something is dragged */
  note(live) {
    this.history.record(this.noted, live);
    this.noted = this.sources();
    this.write({ live });
    this.playing.playback.ask();
  }

  /** @param {{live: boolean, replace?: boolean}} how */
  write(how) {
    this.writer.write(this.sources(), this.look.words(), how);
  }

  /** Brings up to date what depends on both experiments. */
  compare() {
    const { leader } = this;
    const follower = this.columns[0] === leader ? this.columns[1] : this.columns[0];
    const pairs = pairOptimizers(leader.side.experiment, follower.side.experiment);
    const styles = pairStyles(leader.side.view.styles, follower.side.view.styles, pairs);
    leader.show(styles.left);
    follower.show(styles.right);
    const [left, right] = this.columns.map(({ side }) => side.experiment);
    this.table?.update(left && right && differences(left, right, this.catalog));
    this.updateTabs();
    this.playing.showRaces();
  }

  updateTabs() {
    const profiles = this.columns.flatMap(({ side }) => (side.experiment ? profileOf(this.catalog, side.experiment) : []));
    const usual = this.columns.find(({ side }) => side.experiment)?.side.show.view.tab;
    this.stageTabs?.update(profiles, this.look.tab, usual ?? '');
    this.curveTabs?.update(profiles, this.look);
  }

  update() {
    const { step, playing } = this.playing.player;
    const sides = this.columns.map(({ side }) => side);
    const { steps, entries } = reach(sides);
    this.transport?.update({ experiment: { steps }, race: { steps, entries }, step, playing, view: this.playing.player });
    this.actions?.update({
      canUndo: this.history.canUndo, canRedo: this.history.canRedo, theme: this.settings.theme, canSwap: sides.some(({ source }) => source),
    });
    this.notices.update({ experiment: /** @type {any} */ (null), problems: NO_PROBLEMS, connection: this.connection.state });
  }

  /** @param {import('./look.js').Said} said */
  choose(said) {
    this.look.choose(said);
    this.showLook();
    if (this.noted.some(Boolean)) this.write({ live: false, replace: true });
  }

  /** What nobody has chosen is as the links ask. */
  adopt() {
    this.look.adopt(this.columns.map(({ side }) => side.asked));
    this.showLook();
  }

  showLook() {
    const { tab, curve, log, said } = this.look;
    for (const { side } of this.columns) side.setShared({ tab, curve, log });
    this.playing.player.speed = said.speed ?? this.settings.speed;
    this.updateTabs();
    this.playing.showRaces();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.keep({ speed });
    this.choose({ speed });
  }

  /** @param {View['theme']} theme */
  setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    this.keep({ theme });
    this.redrawAll();
  }

  /** @param {Partial<View>} partial */
  keep(partial) {
    this.settings = { ...this.settings, ...partial };
    rememberSettings(partial);
    this.playing.playback.ask();
  }

  redrawAll() {
    for (const { side } of this.columns) side.show.setTheme();
  }
}
