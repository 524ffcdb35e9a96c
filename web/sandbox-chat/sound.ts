// SPDX-License-Identifier: Apache-2.0

let context: AudioContext | null = null;

/** Two short soft notes. Browsers allow sound only after the person has touched the page: until then it is silence. */
export function blip(): void {
  if (!navigator.userActivation?.hasBeenActive || document.visibilityState === 'visible') return;
  context ??= new AudioContext();
  const start = context.currentTime;
  note(context, 660, start);
  note(context, 880, start + 0.09);
}

function note(audio: AudioContext, frequency: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.06, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.25);
}
