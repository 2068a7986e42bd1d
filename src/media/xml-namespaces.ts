import { refuse } from './xml-refusal.js';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** A name by what it means; the prefix it was written with means nothing. */
export interface XmlName {
  /** Empty for a name in no namespace. */
  readonly namespace: string;
  readonly local: string;
}

interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The namespaces in force while a document is read, one scope for each open tag. @see https://www.w3.org/TR/xml-names/ */
export class NamespaceScopes {
  /** Tags that declare nothing share the scope they stand in. */
  readonly #open: (Scope | undefined)[] = [];

  /** Enters a tag. @returns what it declares. */
  open(attributes: ReadonlyMap<string, string>, at: number): ReadonlyMap<string, string> {
    const declared = declarationsOf(attributes, at);
    const outer = this.#open.at(-1);
    this.#open.push(declared.size === 0 ? outer : { declared, outer });
    return declared;
  }

  close(): void {
    this.#open.pop();
  }

  elementName(qualified: string, at: number): XmlName {
    const { prefix, local } = parted(qualified);
    return { namespace: this.#namespaceOf(prefix, at), local };
  }

  /** The attributes that declare no namespace; none may mean the same as another. */
  attributeNames(
    attributes: ReadonlyMap<string, string>,
    at: number,
  ): { readonly name: XmlName; readonly value: string }[] {
    const seen = new Set<string>();
    const named: { readonly name: XmlName; readonly value: string }[] = [];
    for (const [qualified, value] of attributes) {
      if (declaredPrefix(qualified) !== undefined) continue;
      const { prefix, local } = parted(qualified);
      // The default namespace is not for attributes.
      const namespace = prefix === '' ? '' : this.#namespaceOf(prefix, at);
      const expanded = `${namespace} ${local}`;
      if (seen.has(expanded)) refuse('xml-attribute', at);
      seen.add(expanded);
      named.push({ name: { namespace, local }, value });
    }
    return named;
  }

  #namespaceOf(prefix: string, at: number): string {
    if (prefix === 'xml') return XML_NAMESPACE;
    for (let scope = this.#open.at(-1); scope !== undefined; scope = scope.outer) {
      const namespace = scope.declared.get(prefix);
      if (namespace !== undefined) return namespace;
    }
    return prefix === '' ? '' : refuse('xml-namespace', at);
  }
}

function declarationsOf(attributes: ReadonlyMap<string, string>, at: number): ReadonlyMap<string, string> {
  let declared: Map<string, string> | undefined;
  for (const [qualified, namespace] of attributes) {
    const prefix = declaredPrefix(qualified);
    if (prefix === undefined) continue;
    const reserved = prefix === 'xmlns' || namespace === XMLNS_NAMESPACE;
    const misused = (prefix === 'xml') !== (namespace === XML_NAMESPACE);
    if (reserved || misused || (prefix !== '' && namespace === '')) refuse('xml-namespace', at);
    declared ??= new Map();
    declared.set(prefix, namespace);
  }
  return declared ?? NONE;
}

/** `xmlns` declares the default namespace, `xmlns:p` that of `p`; undefined for any other attribute. */
function declaredPrefix(qualified: string): string | undefined {
  if (qualified === 'xmlns') return '';
  return qualified.startsWith('xmlns:') ? qualified.slice(6) : undefined;
}

function parted(qualified: string): { readonly prefix: string; readonly local: string } {
  const colon = qualified.indexOf(':');
  return { prefix: qualified.slice(0, Math.max(colon, 0)), local: qualified.slice(colon + 1) };
}
