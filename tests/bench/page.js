({
  /** The learning-rate slider of a card. */
  slider(index) {
    return document.querySelectorAll('input[type=range][aria-label="learning rate"]')[index];
  },

  /** Does `act` and waits until the frame that shows its complete new paths has been presented; in ms. */
  async timed(act) {
    const root = document.documentElement;
    const begin = performance.now();
    act();
    const revision = Number(root.dataset.revision);
    while (Number(root.dataset.painted) < revision) {
      await new Promise((done) => {
        const watch = new MutationObserver(() => (watch.disconnect(), done()));
        watch.observe(root, { attributes: true, attributeFilter: ['data-painted'] });
      });
    }
    await this.presented();
    return performance.now() - begin;
  },

  /** After the next frame: what was drawn before it is on the screen. */
  presented() {
    return new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
    });
  },

  place(slider, share) {
    const [low, high] = [Number(slider.min), Number(slider.max)];
    slider.value = low + share * (high - low);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  },

  /** One move of a slider. */
  move(index, share) {
    return this.timed(() => this.place(this.slider(index), share));
  },

  /** One move of the start: every path is new. */
  start(count) {
    const handle = document.querySelector('#stage [aria-label^="Start point"]');
    const key = count % 2 ? 'ArrowRight' : 'ArrowUp';
    return this.timed(() => handle.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  },

  /** A slider dragged at one event a frame: from each event to the paint that shows it or a later one. */
  async drag(index, count) {
    const root = document.documentElement;
    const sent = new Map();
    const times = [];
    const watch = new MutationObserver(async () => {
      const painted = Number(root.dataset.painted);
      await this.presented();
      for (const [revision, at] of sent) {
        if (revision > painted) continue;
        times.push(performance.now() - at);
        sent.delete(revision);
      }
    });
    watch.observe(root, { attributes: true, attributeFilter: ['data-painted'] });
    for (let event = 0; event < count; event += 1) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      this.place(this.slider(index), 0.45 + 0.3 * Math.sin(event / 15));
      sent.set(Number(root.dataset.revision), now);
    }
    await new Promise((done) => setTimeout(done, 1000));
    watch.disconnect();
    return times;
  },

  /** The times between frames in which the shown step moved on, in ms. */
  async frames(duration) {
    const step = document.querySelector('input[aria-label=Step]');
    const [times, begin] = [[], performance.now()];
    let [last, before] = [begin, step.value];
    while (performance.now() - begin < duration) {
      await new Promise(requestAnimationFrame);
      if (step.value === before) continue;
      const now = performance.now();
      times.push(now - last);
      [last, before] = [now, step.value];
    }
    // A stage that froze has its longest gap at the end.
    return step.value === step.max ? times : [...times, performance.now() - last];
  },
})
