// One painting that was found, as the pages of queries show it; texts are put in as texts.

export function picture(painting, score, rank) {
  const seen = painting.src ? image(painting) : element("span", "missing", "no picture here");
  const caption = element("figcaption", "", [
    element("span", "rank", `${rank}. `),
    element("span", "title", link(painting.wikidata, painting.title)),
    element("span", "quiet", painting.by),
    element("span", "quiet", painting.museums),
    element("span", "quiet", `score ${score.toPrecision(4)}`),
    element("span", "quiet credit", credit(painting)),
  ].filter((part) => part.textContent));
  return element("li", "", [element("figure", "", [seen, caption])]);
}

function image({ src, width, height, title }) {
  const made = Object.assign(element("img", "", ""), { width, height, alt: title, loading: "lazy" });
  made.src = new URL(src, document.baseURI);
  return made;
}

// Whose the picture is, with its licence, and its page at Commons.
function credit({ credit, commons }) {
  const said = credit ? [`picture: ${credit}`] : [];
  return commons ? [...said, said.length ? ", " : "", link(commons, "Commons")] : said;
}

function link(address, text) {
  if (!address?.startsWith("https://")) return text;
  const made = element("a", "", text);
  made.href = address;
  return made;
}

function element(name, kind, inside) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...[inside ?? ""].flat());
  return made;
}
