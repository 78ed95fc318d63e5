"use strict";
// Draws weeks and sheets from the data block of the page, and filters the changes. Every text from the export goes
// through textContent; nothing is loaded and nothing is stored.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const [LESSON, DAY, NUMBER, NEW_DAY, NEW_NUMBER, COURSES, OFF] = [0, 1, 2, 3, 4, 5, 6];
  const [SUBJECT, TEACHER, GRADES, ROOMS, NEW_ROOMS, WEEKS, OLD_TEACHER] = [0, 1, 2, 3, 4, 5, 6];
  const names = { teacher: data.teachers, grade: data.grades, room: data.rooms };
  const everyWeek = 2 ** data.weeks.length - 1;
  const dayNames = new Map(data.days.map(([day, short]) => [day, short]));
  const outside = new Set(data.missing.map(([day, number]) => day + "." + number));

  // -- small helpers --

  function el(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_whole, key) => String(values[key]));
  }

  function counted(forms, count, values) {
    return fill(forms[plural.select(count) === "one" ? 0 : 1], { count, ...values });
  }

  function header(text, scope, title) {
    const cell = el("th", "", text);
    cell.scope = scope;
    if (title) cell.title = title;
    return cell;
  }

  function same(one, other) {
    return one.length === other.length && one.every((value, i) => value === other[i]);
  }

  // -- what belongs to whom --

  const roomsOf = (course, after) => (after && course[NEW_ROOMS] !== 0 ? course[NEW_ROOMS] : course[ROOMS]);
  const teacherOf = (course, after) => (after || course[OLD_TEACHER] === undefined ? course[TEACHER] : course[OLD_TEACHER]);
  const moves = (lecture) => lecture[DAY] !== lecture[NEW_DAY] || lecture[NUMBER] !== lecture[NEW_NUMBER];

  function concerns(kind, index, course, after) {
    if (kind === "teacher") return teacherOf(course, after) === index;
    return (kind === "grade" ? course[GRADES] : roomsOf(course, after)).includes(index);
  }

  let lecturesOf = null;

  // Lectures by kind and index, made when somebody is first asked for.
  function lecturesBy(kind, index) {
    if (!lecturesOf) {
      lecturesOf = { teacher: new Map(), grade: new Map(), room: new Map() };
      data.lectures.forEach((lecture, number) => {
        for (const course of lecture[COURSES]) {
          for (const teacher of new Set([teacherOf(course, false), course[TEACHER]])) {
            if (teacher >= 0) note(lecturesOf.teacher, teacher, number);
          }
          for (const grade of course[GRADES]) note(lecturesOf.grade, grade, number);
          for (const room of course[ROOMS]) note(lecturesOf.room, room, number);
          if (course[NEW_ROOMS] !== 0) for (const room of course[NEW_ROOMS]) note(lecturesOf.room, room, number);
        }
      });
    }
    return lecturesOf[kind].get(index) || [];
  }

  function note(map, key, number) {
    const list = map.get(key);
    if (!list) map.set(key, [number]);
    else if (list[list.length - 1] !== number) list.push(number);
  }

  // "" for nothing, "move" for another period, "teacher" for another teacher, "room" for another room only.
  function changeFor(kind, index, lecture) {
    const own = lecture[COURSES].filter((c) => concerns(kind, index, c, false) || concerns(kind, index, c, true));
    if (moves(lecture)) return own.length ? "move" : "";
    if (own.some((course) => course[OLD_TEACHER] !== undefined)) return "teacher";
    return own.some((c) => c[NEW_ROOMS] !== 0 && !same(c[ROOMS], c[NEW_ROOMS])) ? "room" : "";
  }

  const changeCounts = { teacher: new Map(), grade: new Map(), room: new Map() };

  function changeCount(kind, index) {
    const known = changeCounts[kind];
    if (!known.has(index)) {
      const own = lecturesBy(kind, index);
      known.set(index, own.filter((number) => changeFor(kind, index, data.lectures[number])).length);
    }
    return known.get(index);
  }

  // -- words for places and people --

  function place(day, number, length, off) {
    if (!dayNames.has(day)) return off || words.noPlace;
    const last = length > 1 ? "-" + (number + length - 1) : "";
    return dayNames.get(day) + " " + number + last;
  }

  const list = (kind, indices) => [...new Set(indices)].map((i) => names[kind][i][0]).join(", ");

  function weekNames(mask) {
    if (mask === everyWeek) return "";
    return data.weeks.filter((_name, i) => (mask >> i) & 1).map((name) => fill(words.week, { name })).join(", ");
  }

  function fullName(kind, index) {
    const [short, long] = names[kind][index];
    return long && long !== short ? short + " (" + long + ")" : short;
  }

  // -- the week as a table --

  function entry(kind, index, lecture, after) {
    const box = el("div", "entry");
    for (const course of lecture[COURSES]) {
      if (!concerns(kind, index, course, after)) continue;
      const others = [
        kind === "teacher" || teacherOf(course, after) < 0 ? "" : names.teacher[teacherOf(course, after)][0],
        kind === "grade" ? "" : list("grade", course[GRADES]),
        kind === "room" ? "" : list("room", roomsOf(course, after)),
        weekNames(course[WEEKS]),
      ];
      const line = el("span", "line", el("b", "", data.subjects[course[SUBJECT]]));
      line.append(" " + others.filter(Boolean).join(" "));
      box.append(line);
    }
    box.title = lecture[LESSON] ? fill(words.lesson, { number: lecture[LESSON] }) : "";
    mark(box, kind, index, lecture, after);
    return box;
  }

  function mark(box, kind, index, lecture, after) {
    const change = changeFor(kind, index, lecture);
    if (!change) return;
    if (change === "room" && kind !== "room") {
      box.classList.add("room");
      box.append(el("span", "mark", "↔ " + words.room));
      return;
    }
    if (change === "teacher" && kind !== "teacher") {
      box.classList.add("room");
      box.append(el("span", "mark", "↔ " + words.teacher));
      return;
    }
    const [sign, word, text] = after ? ["+ ", words.new, words.from] : ["− ", words.gone, words.to];
    const [day, number] = after ? [lecture[DAY], lecture[NUMBER]] : [lecture[NEW_DAY], lecture[NEW_NUMBER]];
    let other = place(day, number, 1, lecture[OFF]);
    if (change === "teacher") {
      other = list("teacher", lecture[COURSES].map((c) => teacherOf(c, !after)).filter((one) => one >= 0));
    }
    if (kind === "room" && lecture[COURSES].some((c) => c[NEW_ROOMS] !== 0)) {
      const rooms = lecture[COURSES].flatMap((c) => roomsOf(c, !after));
      other += ", " + (list("room", rooms) || words.noRoom);
      const stays = lecture[COURSES].some((c) => concerns(kind, index, c, false) && concerns(kind, index, c, true));
      if (change === "room" && stays) return;
    }
    box.classList.add(after ? "new" : "gone");
    if (!dayNames.has(day) && other === lecture[OFF]) box.append(el("span", "mark", sign + other));
    else box.append(el("span", "mark", sign + word), el("small", "", fill(text, { place: other })));
  }

  function weekTable(kind, index, after, title) {
    const cells = new Map();
    for (const number of lecturesBy(kind, index)) {
      const lecture = data.lectures[number];
      if (!lecture[COURSES].some((course) => concerns(kind, index, course, after))) continue;
      const [day, period] = after ? [lecture[NEW_DAY], lecture[NEW_NUMBER]] : [lecture[DAY], lecture[NUMBER]];
      const key = day + "." + period;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(lecture);
    }
    const head = el("tr", "", el("td", ""), ...data.days.map(([, short, long]) => header(short, "col", long)));
    const body = el("tbody");
    for (const [number, times] of data.periods) {
      const first = header(String(number), "row", fill(words.period, {}) + " " + number);
      if (times) first.append(el("small", "", times));
      const row = el("tr", "", first);
      for (const [day] of data.days) {
        const key = day + "." + number;
        const cell = el("td", outside.has(key) ? "outside" : "");
        cell.append(...(cells.get(key) || []).map((lecture) => entry(kind, index, lecture, after)));
        row.append(cell);
      }
      body.append(row);
    }
    return el("table", "week", el("caption", "", title), el("thead", "", head), body);
  }

  function scrolling(child, label) {
    const box = el("div", "scroll", child);
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", label);
    return box;
  }

  function weekView(kind, index) {
    const title = fill(words.weekOf, { name: fullName(kind, index) });
    const pair = el(
      "div",
      "pair",
      ...[false, true].map((after) => {
        const name = after ? words.after : words.before;
        return scrolling(weekTable(kind, index, after, name), title + ", " + name);
      }),
    );
    return [el("h3", "", title), pair];
  }

  // Rows of the same period stand side by side.
  function alignRows(view) {
    const tables = [...view.querySelectorAll(".pair tbody")];
    if (tables.length < 2) return;
    const heights = tables.map((body) => [...body.rows].map((row) => row.offsetHeight));
    for (const body of tables) {
      [...body.rows].forEach((row, i) => {
        row.style.height = Math.max(...heights.map((list) => list[i])) + "px";
      });
    }
  }

  // -- a sheet for one teacher or grade --

  let runsOf = null;

  function runsBy(kind, index) {
    if (!runsOf) {
      runsOf = new Map();
      for (const run of data.runs) runsOf.set(run[0][0], run);
    }
    const own = lecturesBy(kind, index).filter((number) => runsOf.has(number)).map((number) => runsOf.get(number));
    return own.filter(([[first]]) => changeFor(kind, index, data.lectures[first])).sort((one, other) => {
      const [a, b] = [data.lectures[one[0][0]], data.lectures[other[0][0]]];
      return a[NEW_DAY] - b[NEW_DAY] || a[NEW_NUMBER] - b[NEW_NUMBER];
    });
  }

  function sheetRow(kind, index, [numbers, , reasons]) {
    const lecture = data.lectures[numbers[0]];
    const [had, has] = [false, true].map((after) => lecture[COURSES].filter((c) => concerns(kind, index, c, after)));
    const own = has.length ? has : had;
    const subjects = [...new Set(own.map((course) => data.subjects[course[SUBJECT]]))].join("/");
    const with_ =
      kind === "teacher"
        ? list("grade", own.flatMap((course) => course[GRADES]))
        : list("teacher", own.filter((course) => course[TEACHER] >= 0).map((course) => course[TEACHER]));
    const were = list("teacher", own.map((course) => teacherOf(course, false)).filter((one) => one >= 0));
    const people = el("td", "", with_);
    if (kind === "grade" && were !== with_) people.append(el("small", "quiet", " " + fill(words.insteadOf, { room: were })));
    const rooms = list("room", own.flatMap((course) => roomsOf(course, true)));
    const old = list("room", own.flatMap((course) => roomsOf(course, false)));
    const room = el("td", "", rooms || words.noRoom);
    if (old !== rooms) room.append(el("small", "quiet", " " + fill(words.insteadOf, { room: old || words.noRoom })));
    const off = lecture[OFF];
    const from = place(lecture[DAY], lecture[NUMBER], numbers.length, off);
    let to = moves(lecture) ? "→ " + place(lecture[NEW_DAY], lecture[NEW_NUMBER], numbers.length, off) : words.stays;
    if (!dayNames.has(lecture[NEW_DAY])) to = "→ " + (off || words.noPlace);
    if (!has.length) to = "→ " + list("teacher", own.map((course) => course[TEACHER]).filter((one) => one >= 0));
    const weeks = weekNames(own.reduce((mask, course) => mask | course[WEEKS], 0));
    return el(
      "tr",
      "",
      el("td", "place", had.length ? from : [were, from].filter(Boolean).join(" ")),
      el("td", "place to", to),
      el("td", "", el("strong", "", subjects), weeks ? " " + weeks : ""),
      people,
      room,
      el("td", "why", reasons.join(" ")),
    );
  }

  function sheet(kind, index) {
    const name = fullName(kind, index);
    const made = el("article", "sheet", el("p", "from", words.source));
    made.append(el("h3", "", fill(words.sheet, { name })));
    const own = lecturesBy(kind, index).map((number) => changeFor(kind, index, data.lectures[number]));
    const moved = own.filter((change) => change === "move").length;
    const rooms = own.filter((change) => change === "room").length;
    const taken = own.filter((change) => change === "teacher").length;
    const facts = [moved || !(rooms || taken) ? (moved ? counted(words.sheetChanges, moved) : words.nothing) : ""];
    if (rooms) facts.push(counted(words.rooms, rooms));
    if (taken) facts.push(counted(words.teachers, taken));
    const travel = kind === "teacher" ? data.travel[index] : undefined;
    if (travel) {
      const text = travel[0] === travel[1] ? words.travelSame : words.travel;
      facts.push(fill(text, { before: travel[0], after: travel[1] }));
    }
    made.append(el("p", "", facts.filter(Boolean).join(" ")));
    const rows = runsBy(kind, index).map((run) => sheetRow(kind, index, run));
    if (rows.length) {
      const titles = [words.old, words.fresh, words.what, words.who, words.where, words.why];
      const head = el("thead", "", el("tr", "", ...titles.map((title) => header(title, "col"))));
      const caption = el("caption", "hidden", fill(words.sheet, { name }));
      made.append(scrolling(el("table", "changes", caption, head, el("tbody", "", ...rows)), name));
    }
    made.append(scrolling(weekTable(kind, index, true, words.newWeek), words.newWeek));
    return made;
  }

  function print(pages) {
    const area = document.getElementById("print-area");
    area.replaceChildren(...pages);
    document.body.classList.add("print-sheets");
    addEventListener(
      "afterprint",
      () => {
        document.body.classList.remove("print-sheets");
        area.replaceChildren();
      },
      { once: true },
    );
    window.print();
  }

  // -- choosing somebody --

  function viewer(id, draw) {
    const root = document.getElementById(id + "-viewer");
    const find = (selector) => root.querySelector(selector);
    const [select, search, only, listed, view] = [".list", ".search", ".only", ".listed", ".view"].map(find);
    const kind = () => find("fieldset input:checked").value;
    let shown = null;
    root.hidden = false;

    function refill() {
      const wanted = search.value.trim().toLowerCase();
      const all = names[kind()];
      const found = all.map((_name, index) => index).filter((index) => {
        if (only.checked && !changeCount(kind(), index)) return false;
        return !wanted || all[index].join(" ").toLowerCase().includes(wanted);
      });
      const kept = shown && shown.startsWith(kind() + " ") ? select.value : "";
      select.replaceChildren(...found.map((index) => option(index)));
      select.value = kept !== "" && found.includes(Number(kept)) ? kept : String(found[0] ?? "");
      listed.textContent = found.length ? fill(words.listed, { shown: found.length, all: all.length }) : words.nobody;
      show();
    }

    function option(index) {
      const count = changeCount(kind(), index);
      const [short, long] = names[kind()][index];
      const label = count ? counted(words.moves, count, { name: short }) : short;
      const made = el("option", "", long ? label + " · " + long : label);
      made.value = String(index);
      return made;
    }

    function show() {
      const wanted = kind() + " " + select.value;
      if (wanted === shown) return;
      shown = wanted;
      view.replaceChildren(...(select.value === "" ? [] : draw(kind(), Number(select.value))));
      alignRows(view);
    }

    function changed(event) {
      root.classList.add("chosen");
      if (event.target === select) show();
      else refill();
    }

    root.addEventListener("input", changed);
    root.addEventListener("change", changed);
    find("form").addEventListener("submit", (event) => event.preventDefault());
    refill();
    return {
      current: () => (select.value === "" ? [] : [[kind(), Number(select.value)]]),
      all: () => [...select.options].map((one) => [kind(), Number(one.value)]),
      root,
    };
  }

  // -- filtering the changes --

  function filters() {
    const form = document.querySelector(".filters");
    if (!form) return;
    const rows = [...document.querySelectorAll(".package tr[data-teachers]")].map((row) => ({
      row,
      text: "",
      package: row.closest(".package").dataset.package,
      teachers: new Set(row.dataset.teachers.split(" ")),
      grades: new Set(row.dataset.grades.split(" ")),
    }));
    const field = (name) => document.getElementById("filter-" + name);
    const count = field("count");
    form.hidden = false;

    function apply() {
      const wanted = field("text").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const [teacher, grade, number] = ["teacher", "grade", "package"].map((name) => field(name).value);
      let shown = 0;
      for (const one of rows) {
        if (wanted.length && !one.text) one.text = one.row.textContent.toLowerCase();
        const fits =
          (!teacher || one.teachers.has(teacher)) &&
          (!grade || one.grades.has(grade)) &&
          (!number || one.package === number) &&
          wanted.every((word) => one.text.includes(word));
        one.row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const group of document.querySelectorAll(".package tbody, .package")) {
        group.hidden = !group.querySelector("tr[data-teachers]:not([hidden])");
      }
      count.textContent = shown ? fill(words.shown, { shown, all: rows.length }) : words.none;
    }

    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  }

  filters();
  viewer("weeks", weekView);
  const sheets = viewer("sheets", (kind, index) => [sheet(kind, index)]);
  const printing = (who) => () => print(who().map(([kind, index]) => sheet(kind, index)));
  sheets.root.querySelector(".print-one").addEventListener("click", printing(sheets.current));
  sheets.root.querySelector(".print-all").addEventListener("click", printing(sheets.all));
})();
