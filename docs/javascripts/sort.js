// Sorts the board by a click on a heading, or by #sort=MEASURE in the address.
// Without JavaScript the table stands in its own order, whole.
document.querySelectorAll("table.board").forEach((table) => {
  const headings = [...table.tHead.rows[0].cells];

  function sort(column, descending) {
    const numeric = headings[column].dataset.sort === "number";
    const value = (row) => row.cells[column].dataset.value;
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) =>
      numeric ? value(a) - value(b) : value(a).localeCompare(value(b)));
    if (descending) rows.reverse();
    table.tBodies[0].append(...rows);
    headings.forEach((heading) => heading.removeAttribute("aria-sort"));
    headings[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
  }

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const best = heading.dataset.key !== undefined; // measures: the best first
      const now = heading.getAttribute("aria-sort");
      sort(column, now === null ? best : now === "ascending");
      if (best) history.replaceState(null, "", "#sort=" + heading.dataset.key);
    });
  });

  const wanted = decodeURIComponent(location.hash).replace("#sort=", "");
  const column = headings.findIndex((heading) => heading.dataset.key === wanted);
  if (column >= 0) sort(column, true);
});
