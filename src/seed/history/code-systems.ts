export { CODE_SYSTEMS as SYSTEMS } from '../../config/code-systems.js';
