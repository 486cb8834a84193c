/** The page's own program: draws a system's explorer again when another variant, board, runtime or rate is chosen. */
import { defaultChoice, type Choice } from '../../view/choice.ts';
import { resultAt } from '../../view/select.ts';
import { explorer } from '../explorer.ts';
import { DATA_ELEMENT, decodeSystems } from '../page-data.ts';
import { spoken } from '../sections/key-figures.ts';
import type { PageElement, PageWindow } from './dom.ts';
import { readLink, writeLink } from './link.ts';

const page = globalThis as unknown as PageWindow;
const element = (id: string): PageElement => page.document.getElementById(id)!;

const systems = decodeSystems(element(DATA_ELEMENT).textContent ?? '[]');
const choices = systems.map(defaultChoice);

function setInputs(form: PageElement, choice: Choice): void {
  const { variant, board, runtime, rateHz } = choice;
  const values: Record<string, string> = { variant, board, runtime, rate: String(rateHz) };
  for (const input of form.querySelectorAll('select, input')) {
    const value = values[input.name] ?? '';
    if (input.type === 'radio') input.checked = input.value === value;
    else input.value = value;
  }
}

function readInputs(form: PageElement, before: Choice): Choice {
  const choice = { ...before };
  for (const input of form.querySelectorAll('select, input')) {
    if (input.type === 'radio' && !input.checked) continue;
    if (input.name === 'rate') choice.rateHz = Number(input.value);
    else if (input.name === 'variant' || input.name === 'board' || input.name === 'runtime')
      choice[input.name] = input.value;
  }
  return choice;
}

function show(index: number, choice: Choice): void {
  const system = systems[index];
  if (!system) return;
  choices[index] = choice;
  element(`explorer-${index}`).innerHTML = explorer(system, choice).text;
  const variant = system.variants.find(({ id }) => id === choice.variant);
  const result = variant && resultAt(variant, choice);
  element('live').textContent = result ? spoken(result) : '';
}

function scrollTo(index: number): void {
  const still = page.matchMedia('(prefers-reduced-motion: reduce)').matches;
  element(`system-${index}`).scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
}

/** Shows a choice that did not come from the form, and makes the form and the address say the same. */
function choose(index: number, choice: Choice): void {
  setInputs(element(`controls-${index}`), choice);
  show(index, choice);
  page.history.replaceState(null, '', writeLink(index, choice));
}

systems.forEach((_, index) => {
  const form = page.document.getElementById(`controls-${index}`);
  if (!form) return;
  form.hidden = false;
  form.addEventListener('change', () => {
    const choice = readInputs(form, choices[index]!);
    show(index, choice);
    page.history.replaceState(null, '', writeLink(index, choice));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
});

page.document.addEventListener('click', (event) => {
  const link = event.target?.closest('a[data-board]');
  if (!link || event.ctrlKey || event.metaKey) return;
  const { system, variant = '', board = '', runtime = '', rate } = link.dataset;
  event.preventDefault();
  choose(Number(system), { variant, board, runtime, rateHz: Number(rate) });
  scrollTo(Number(system));
});

const linked = readLink(page.location.hash);
if (linked && systems[linked.system]) {
  choose(linked.system, linked.choice);
  scrollTo(linked.system);
}
