/** As whom requests are sent. A pasted token lives in this object and nowhere else. */
export class Caller {
  operator: string | null;
  token = '';
  #onChange: () => void = () => undefined;

  constructor(operator: string | null) { this.operator = operator; }

  onChange(listener: () => void): void { this.#onChange = listener; }

  useToken(token: string): void {
    this.token = token;
    this.#onChange();
  }

  isSignedIn(operator: string | null): void {
    this.operator = operator;
    this.#onChange();
  }
}
