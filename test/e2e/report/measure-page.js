// Runs in the page, as one expression: opens everything, then tells what is too wide, too pale or broken.
(() => {
  for (const closed of document.querySelectorAll('details:not([open]) > summary')) closed.click();
  const luminance = (color) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (!/rgba\(.*, 0\)|transparent/.test(color)) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const all = [...document.body.querySelectorAll('*')];
  const width = document.documentElement.clientWidth;
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`;
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
  return {
    pageWidth: document.documentElement.scrollWidth,
    // What scrolls by itself may be wide inside.
    wider: all
      .filter((element) => element.closest('.screen') === null && element.getBoundingClientRect().right > width + 1)
      .map(name),
    // 4.5 is what WCAG asks of text. A guest's own colours on its screen are its own.
    pale: all.filter((one) => hasText(one) && one.closest('.screen') === null && contrast(one) < 4.5).map(name),
    brokenPictures: [...document.images].filter((image) => image.naturalWidth === 0).length,
    brightness: luminance(behind(document.body)),
  };
})();
