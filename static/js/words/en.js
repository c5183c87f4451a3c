// @ts-check
/** What the page says. Written by scripts/words.py from app/words/en. */
export default {
  "address.no-field": "is no field of an address.",
  "address.one-of": "must be one of {known}",
  "numbers.none": "not a number",
  "repair.more": {
    "one": "and {n} more.",
    "other": "and {n} more."
  },
  "repair.nothing-used": "Nothing of this link could be used, so the usual race is open.",
  "repair.part-unused": "Part of this link could not be used, the rest is open.",
  "repair.problem": "{path}: {problem}",
  "sharing.refused": "The server could not do this.",
  "sharing.unreachable": "The server cannot be reached. Try again in a moment.",
  "source.comparison": "That is a comparison already: open it, or paste one of its two experiments.",
  "source.meant": "Paste the address of an experiment, a short link such as /e/k7m2x9qd, or its id.",
  "source.no-id": "\"{id}\" is no id: they have 8 letters and digits or more. Was the link copied whole?",
  "source.other-page": "That address names no experiment. {meant}",
  "source.playground": "That address is of the playground itself. Copy it from a page that shows an experiment.",
  "source.unknown": "\"{text}\" names no experiment. {meant}",
  "stage.models-not-shown": "The models could not be shown at this step: {reason}",
  "stage.models-unreachable": "What the models say cannot be had from the server. Try again in a moment.",
  "stage.no-optimizer": "Add an optimizer to see it learn.",
  "stage.no-plane": "There is no plane to show: {reason}",
  "stage.not-drawn": "The landscape could not be drawn: {reason}",
  "stage.plane-awaits": "The plane is laid through all paths once they are known.",
  "stage.plane-begun": "Laying it…",
  "stage.progress": "picture of the plane",
  "stage.run": "Step {step} of {steps}",
  "stage.video-step": "step {step} / {steps}"
};
