import type { CDPSession, Page } from 'playwright-core';

interface AxNode { role?: { value: string }; name?: { value: string }; backendDOMNodeId?: number; ignored: boolean }

/** The widget's button on the host page. It stands in a closed shadow root, so it is found as a screen reader finds it. */
export class Launcher {
  readonly #page: Page;
  #devtools: CDPSession | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** What a screen reader says; empty while there is no launcher. */
  async name(): Promise<string> {
    return (await this.#find())?.name?.value ?? '';
  }

  /** Where it stands, and in which colour. */
  async looks(): Promise<{ left: number; right: number; background: string }> {
    const node = await this.#find();
    if (!node?.backendDOMNodeId) throw new Error('there is no launcher on this page');
    const devtools = await this.#session();
    const { model } = await devtools.send('DOM.getBoxModel', { backendNodeId: node.backendDOMNodeId });
    const [left = 0] = model.border;
    await devtools.send('DOM.enable');
    await devtools.send('DOM.getDocument');
    await devtools.send('CSS.enable');
    const { nodeIds: [nodeId = 0] } = await devtools.send('DOM.pushNodesByBackendIdsToFrontend', { backendNodeIds: [node.backendDOMNodeId] });
    const { computedStyle } = await devtools.send('CSS.getComputedStyleForNode', { nodeId });
    return { left, right: (this.#page.viewportSize()?.width ?? 0) - left - model.width, background: computedStyle.find(({ name }) => name === 'background-color')?.value ?? '' };
  }

  /** Clicks into its middle, as a mouse does. */
  async click(): Promise<void> {
    const node = await this.#find();
    if (!node?.backendDOMNodeId) throw new Error('there is no launcher on this page');
    const devtools = await this.#session();
    const { model } = await devtools.send('DOM.getBoxModel', { backendNodeId: node.backendDOMNodeId });
    const [left = 0, top = 0] = model.border;
    await this.#page.mouse.click(left + model.width / 2, top + model.height / 2);
  }

  async #find(): Promise<AxNode | undefined> {
    const { nodes } = await (await this.#session()).send('Accessibility.getFullAXTree') as { nodes: AxNode[] };
    return nodes.find(({ role, name, ignored }) => !ignored && role?.value === 'button' && /(open|close) chat|chat (öffnen|schließen)|abrir/i.test(name?.value ?? ''));
  }

  async #session(): Promise<CDPSession> {
    return this.#devtools ??= await this.#page.context().newCDPSession(this.#page);
  }
}
