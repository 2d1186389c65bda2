/** Labelled fields of a dialog: plain elements, each with its name above and its trouble below it. */

export interface IChoice {
  value: string;
  label: string;
}

let made = 0;

/** One field of a dialog. */
export class Field<T extends HTMLInputElement | HTMLSelectElement> {
  constructor(
    label: string,
    readonly input: T,
    hint = ''
  ) {
    made += 1;
    const id = `poc-eval-field-${made}`;
    input.id = id;
    input.setAttribute('aria-describedby', `${id}-hint ${id}-trouble`);
    const name = document.createElement('label');
    name.htmlFor = id;
    name.textContent = label;
    const said = document.createElement('p');
    said.id = `${id}-hint`;
    said.className = 'poc-eval-hint';
    said.textContent = hint;
    this._trouble.id = `${id}-trouble`;
    this._trouble.className = 'poc-eval-field-trouble';
    this._trouble.setAttribute('aria-live', 'polite');
    this.node.className = 'poc-eval-field';
    this.node.append(name, input, said, this._trouble);
    input.addEventListener('input', () => this.tell(''));
  }

  get value(): string {
    return this.input.value.trim();
  }

  /** Say what is wrong with the field; nothing takes it back. */
  tell(trouble: string): void {
    this._trouble.textContent = trouble;
    this.input.setAttribute('aria-invalid', trouble === '' ? 'false' : 'true');
  }

  readonly node = document.createElement('div');
  private readonly _trouble = document.createElement('p');
}

/** A list to choose one of. */
export function chooser(choices: IChoice[], chosen?: string): HTMLSelectElement {
  const select = document.createElement('select');
  offer(select, choices, chosen);
  return select;
}

/** Offer other choices, keeping the chosen one where it is still among them. */
export function offer(
  select: HTMLSelectElement,
  choices: IChoice[],
  chosen?: string
): void {
  select.replaceChildren(
    ...choices.map(({ value, label }) => new Option(label, value))
  );
  if (choices.some(({ value }) => value === chosen)) {
    select.value = chosen as string;
  }
}

/** A line to write in, with names to choose from. */
export function line(value: string, known: string[]): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'text';
  input.value = value;
  input.maxLength = 60;
  input.autocomplete = 'off';
  input.spellcheck = false;
  if (known.length > 0) {
    made += 1;
    const list = document.createElement('datalist');
    list.id = `poc-eval-known-${made}`;
    list.append(...known.map(name => new Option(name, name)));
    input.append(list);
    input.setAttribute('list', list.id);
  }
  return input;
}
