let audio: AudioContext | null = null;

/** Two soft tones, a fifth apart. A page that nobody has touched yet may not sound, and stays silent. */
export function ringBell(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  const { currentTime, destination } = audio;
  for (const [index, frequency] of [659.25, 987.77].entries()) {
    const start = currentTime + index * 0.11;
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.07, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain).connect(destination);
    tone.start(start);
    tone.stop(start + 0.45);
  }
}
