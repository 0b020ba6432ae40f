export { helpCentreApp } from './help-centre-app.ts';
