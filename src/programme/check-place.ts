import { isJsonObject, type Json } from '../ports/json.js';
import { jsonPointer, type PointerStep } from '../text/json-pointer.js';

/**
 * A place in a document that may be shaped wrongly: reading goes on where it can and answers `undefined` or nothing
 * where it cannot, so that one mistake never hides the others.
 */
export class Place {
  readonly value: Json | undefined;
  readonly #parent: Place | undefined;
  readonly #step: PointerStep;

  private constructor(value: Json | undefined, parent: Place | undefined, step: PointerStep) {
    this.value = value;
    this.#parent = parent;
    this.#step = step;
  }

  static root(document: Json): Place {
    return new Place(document, undefined, '');
  }

  /** The member of an object; a place without a value when there is none. */
  at(name: string): Place {
    const held = isJsonObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new Place(held, this, name);
  }

  /** The elements of a list; none when it is no list. */
  list(): Place[] {
    const { value } = this;
    return Array.isArray(value) ? value.map((element: Json, index) => new Place(element, this, index)) : [];
  }

  /** The members of an object with their names; none when it is no object. */
  members(): [string, Place][] {
    return isJsonObject(this.value) ? Object.keys(this.value).map((name) => [name, this.at(name)]) : [];
  }

  get exists(): boolean {
    return this.value !== undefined;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  /** The texts of a list with their places; elements that are no text are passed over. */
  texts(): { readonly text: string; readonly place: Place }[] {
    return this.list().flatMap((place) => (place.text === undefined ? [] : [{ text: place.text, place }]));
  }

  steps(): PointerStep[] {
    const steps: PointerStep[] = [];
    for (let place: Place = this; place.#parent !== undefined; place = place.#parent) steps.unshift(place.#step);
    return steps;
  }

  get pointer(): string {
    return jsonPointer(this.steps());
  }
}
