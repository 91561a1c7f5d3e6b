// The interactive map's behaviour: see safelearn.views.maps.interactive, which fills in the words.
addEventListener('load', () => {
  const words = WORDS, map = map_1, box = map.getContainer();
  L.control.zoom({zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut}).addTo(map);

  // Inside closed details the frame has no size: fit the city again whenever there is more room.
  let seen = 0;
  new ResizeObserver(() => {
    const size = box.clientWidth * 10000 + box.clientHeight;
    if (box.clientWidth < 50 || size === seen) return;
    seen = size;
    map.invalidateSize({animate: false});
    map.setMinZoom(0);
    map.fitBounds(words.bounds, {padding: [8, 8], animate: false});
  }).observe(box);

  // Every area can be reached with the Tab key and says its numbers; Leaflet opens tooltips on focus.
  let k = 0;
  map.eachLayer(layer => {
    const path = layer.feature && layer.getElement && layer.getElement();
    if (!path) return;
    path.setAttribute('tabindex', '0');
    path.setAttribute('role', 'img');
    path.setAttribute('aria-label', words.areas[k++]);
  });

  // A tooltip that would run over the edge of a phone is moved inside.
  map.on('tooltipopen', event => {
    const tip = event.tooltip.getElement(), room = box.getBoundingClientRect();
    tip.style.translate = '';
    const at = tip.getBoundingClientRect();
    const x = Math.max(room.left + 4 - at.left, 0) || Math.min(room.right - 4 - at.right, 0);
    const y = Math.max(room.top + 4 - at.top, 0) || Math.min(room.bottom - 4 - at.bottom, 0);
    tip.style.translate = `${x}px ${y}px`;
  });
  addEventListener('keydown', event => {
    if (event.key === 'Escape') map.eachLayer(layer => layer.closeTooltip && layer.closeTooltip());
  });
});
