// The search box: waits for somebody to type, loads the model then, shows what is found.

import { picture } from "./picture.js";

const SHOWN = 20;
const PAUSE = 150; // milliseconds without a key, after which what was typed is searched
const LETTERS = 2000; // more than any encoder reads
const ELSEWHERE = "Every query of the benchmark and what each model found for it stands under Queries.";

const form = document.querySelector("form.find");
const words = form.querySelector("#find-words");
const status = document.querySelector("#find-status");
const results = document.querySelector("#find-results");
const loaded = new Map(); // folder -> promise of { encoder, gallery, bytes, seconds }
let latest = 0;

const chosen = () => form.querySelector("input[name=gallery]:checked");

// The encoder and the gallery of a folder, fetched once.
function opened(folder) {
  if (!loaded.has(folder)) {
    const opening = open(folder);
    opening.catch(() => loaded.delete(folder)); // the next key tries again
    loaded.set(folder, opening);
  }
  return loaded.get(folder);
}

async function open(folder) {
  const began = performance.now();
  const [{ unpacked }, { Encoder }, { Gallery }, ...packs] = await Promise.all([
    import("./pack.js"), import("./encoder.js"), import("./gallery.js"),
    bytes(`${folder}/encoder.bin`), bytes(`${folder}/gallery.bin`),
  ]);
  const [read, hung] = await Promise.all(packs.map(unpacked));
  const seconds = (performance.now() - began) / 1000;
  return { encoder: new Encoder(read), gallery: new Gallery(hung), seconds };
}

async function bytes(path) {
  const answer = await fetch(new URL(path, document.baseURI));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.arrayBuffer();
}

async function search() {
  const turn = ++latest;
  const text = words.value.slice(0, LETTERS);
  const { dataset: { folder, model, megabytes } } = chosen();
  if (!text.trim()) return say("Nothing is asked: type what the painting shows.");
  if (!loaded.has(folder)) status.textContent = `Loading ${model}, ${megabytes} MB …`;
  let box;
  try {
    box = await opened(folder);
  } catch (error) {
    return turn === latest && say(`The model did not come (${error.message}); type again to retry. ${ELSEWHERE}`);
  }
  if (turn !== latest) return; // somebody typed on
  const began = performance.now();
  const { vector, known, cut } = box.encoder.encode(text);
  if (!known) return say(`The model knows no word of this; it reads English and French. ${ELSEWHERE}`);
  const found = box.gallery.best(vector, SHOWN);
  const took = Math.max(1, Math.round(performance.now() - began));
  show(found);
  const all = box.gallery.paintings.length.toLocaleString("en");
  const short = cut || words.value.length > LETTERS ? " It read the beginning alone, for the text is long." : "";
  status.textContent = `${model}, ${megabytes} MB in 8 bits (loaded in ${box.seconds.toFixed(1)} s), read this and ordered ${all} paintings in ${took} ms on your machine.${short}`;
  status.dataset.milliseconds = took;
}

// One line, and no results.
function say(line) {
  results.hidden = true;
  results.replaceChildren();
  status.textContent = line;
}

function show(found) {
  results.replaceChildren(...found.map(([painting, score], place) => picture(painting, score, place + 1)));
  results.hidden = false;
}

if (typeof DecompressionStream === "undefined") {
  say(`This browser cannot unpack the model: a newer one can. ${ELSEWHERE}`);
} else {
  let waiting;
  const soon = (pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(search, pause);
  };
  words.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon(0);
  });
  form.addEventListener("change", (event) => event.target !== words && words.value && soon(0));
  words.disabled = false;
  say("The model is loaded when you first type.");
}
