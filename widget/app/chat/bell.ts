/** Two soft tones. Browsers allow sound only after the person has touched the page; before that it stays silent. */
export class Bell {
  #audio: AudioContext | null = null;

  get canRing(): boolean {
    return navigator.userActivation.hasBeenActive;
  }

  ring(): void {
    if (!this.canRing) return;
    try {
      this.#audio ??= new AudioContext();
    } catch {
      return;
    }
    [880, 1174.66].forEach((frequency, index) => this.#tone(frequency, index * 0.12));
  }

  #tone(frequency: number, delay: number): void {
    const audio = this.#audio;
    if (!audio) return;
    const start = audio.currentTime + delay;
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.08, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.5);
  }
}
