// Sorts the boards by a click on a heading, or by #sort=KEY in the address (#sort=-KEY turns it).
// Without JavaScript each table stands in its own order, whole.
document.querySelectorAll("table.board").forEach((table) => {
  const headings = [...table.tHead.rows[0].cells];
  const other = (order) => (order === "ascending" ? "descending" : "ascending");
  const usual = (heading) => heading.dataset.first || "ascending"; // the better end first

  function sort(heading, order) {
    const column = headings.indexOf(heading);
    const turn = order === "ascending" ? 1 : -1;
    const value = (row) => row.cells[column].dataset.value;
    const compare = heading.dataset.sort === "number"
      ? (a, b) => a - b
      : (a, b) => a.localeCompare(b);
    const rows = [...table.tBodies[0].rows].sort((x, y) => {
      const [a, b] = [value(x), value(y)];
      if (a === "" || b === "") return (a === "") - (b === ""); // unknown is last either way
      return turn * compare(a, b);
    });
    table.tBodies[0].append(...rows);
    headings.forEach((each) => each.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", order);
  }

  headings.forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const now = heading.getAttribute("aria-sort");
      const order = now ? other(now) : usual(heading);
      sort(heading, order);
      const sign = order === usual(heading) ? "" : "-";
      history.replaceState(null, "", "#sort=" + sign + heading.dataset.key);
    });
  });

  function follow() {
    const wanted = new URLSearchParams(location.hash.slice(1)).get("sort") || "";
    const heading = headings.find((each) => each.dataset.key === wanted.replace(/^-/, ""));
    if (!heading) return;
    sort(heading, wanted.startsWith("-") ? other(usual(heading)) : usual(heading));
  }

  follow();
  addEventListener("hashchange", follow);
});
