/** What went wrong last, and all that was done before; gone when the computer is switched off. */
export const failureLog = '/run/phyllome-installer/log';
