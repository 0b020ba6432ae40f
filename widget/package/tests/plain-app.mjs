import { loadPlugboard, plugboard } from '@plugboard/widget';

const seen = (window.seen = []);
plugboard.on('ready', () => seen.push('ready'));
plugboard.on('open', () => seen.push('open'));
plugboard.open();
window.arrived = loadPlugboard(window.options).then((api) => api === window.Plugboard);
window.again = loadPlugboard(window.options).then((api) => api === window.Plugboard);
window.plugboard = plugboard;
