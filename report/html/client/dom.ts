/** The few members of the browser's document that the page uses; the project is typed for Node, without a DOM. */
export interface PageElement {
  innerHTML: string;
  textContent: string | null;
  hidden: boolean;
  dataset: Record<string, string | undefined>;
  closest(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageInput>;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  scrollIntoView(options: { behavior: 'smooth' | 'auto'; block: 'start' }): void;
}

export interface PageInput extends PageElement {
  name: string;
  value: string;
  type: string;
  checked: boolean;
}

export interface PageEvent {
  target: PageElement | null;
  preventDefault(): void;
  ctrlKey?: boolean;
  metaKey?: boolean;
}

export interface PageDocument {
  documentElement: { dataset: Record<string, string | undefined> };
  getElementById(id: string): PageElement | null;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
}

export interface PageWindow {
  document: PageDocument;
  location: { hash: string };
  history: { replaceState(state: null, title: string, url: string): void };
  matchMedia(query: string): { matches: boolean };
}
