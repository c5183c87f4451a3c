({
  root: document.documentElement,

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

  /** Looks at every frame until `holds` is true. */
  async until(holds) {
    while (!holds()) await new Promise(requestAnimationFrame);
  },

  /** Moves a learning-rate slider, and gives the revision that this made. */
  move(index, share) {
    const slider = document.querySelectorAll('input[type=range][aria-label="learning rate"]')[index];
    slider.value = Number(slider.min) + share * (Number(slider.max) - Number(slider.min));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    return Number(this.root.dataset.revision);
  },

  /** Moves a learning-rate slider: ms to the first frame with new curves, and to the plane's last and sharpest field. */
  async change(index, share) {
    const bar = document.querySelector('[role=progressbar]');
    const begin = performance.now();
    const revision = this.move(index, share);
    await this.until(() => Number(this.root.dataset.begun) >= revision);
    await this.presented();
    const first = performance.now() - begin;
    await this.until(() => Number(this.root.dataset.painted) >= revision && !bar.hidden);
    await this.until(() => bar.hidden);
    await this.presented();
    return { first, everything: performance.now() - begin };
  },

  /** Moves the step slider: ms to the frame that shows every model at that step. */
  async scrub(step) {
    const slider = document.querySelector('input[type=range][aria-label="Step"]');
    const pane = document.querySelector('#stage .pane-data');
    const begin = performance.now();
    slider.value = step;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await this.until(() => Number(pane.dataset.step) === step);
    await this.presented();
    return performance.now() - begin;
  },

  /** Moves a learning-rate slider: ms to the first frame with new curves, and steps a second from then to `last`. */
  async race(index, share, last) {
    const steps = document.querySelector('input[type=range][aria-label="Step"]');
    const loaded = () => (Number.parseFloat(steps.style.getPropertyValue('--loaded')) / 100) * Number(steps.max);
    const begin = performance.now();
    const revision = this.move(index, share);
    await this.until(() => Number(this.root.dataset.begun) >= revision);
    await this.presented();
    const [at, before] = [performance.now(), loaded()];
    await this.until(() => loaded() >= last);
    return { first: at - begin, rate: (loaded() - before) / ((performance.now() - at) / 1000) };
  },
})
