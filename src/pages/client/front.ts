// The front page without typing: a file is dropped or pasted, a code is held before the camera. The form does the rest.
import type { FrontScriptTexts } from '../../text/pages.js';
import { addCamera } from './camera.js';
import { leadTo } from './lead-to.js';

const form = document.querySelector<HTMLFormElement>('#check');
const box = document.querySelector<HTMLTextAreaElement>('#credential');
const file = document.querySelector<HTMLInputElement>('#file');
const drop = document.querySelector<HTMLElement>('#drop');
const camera = document.querySelector<HTMLElement>('#camera');

if (form && box && file && drop && camera) {
  // Written by our own page, in this very shape.
  const texts = JSON.parse(form.dataset['texts'] ?? '{}') as FrontScriptTexts;
  drop.textContent = texts.drop;
  takeFiles({ form, box, file });
  addCamera(camera, texts, (text) => {
    const ours = leadTo(text, location.origin);
    if (ours !== undefined) return location.assign(ours);
    box.value = text;
    box.focus();
  });
}

/** What is dropped or pasted anywhere on the page goes into the form; a file is checked at once. */
function takeFiles(parts: { form: HTMLFormElement; box: HTMLTextAreaElement; file: HTMLInputElement }): void {
  const take = (data: DataTransfer | null): boolean => {
    if (data === null) return false;
    if (data.files.length > 0) {
      parts.file.files = data.files;
      parts.form.requestSubmit();
      return true;
    }
    const text = data.getData('text/plain');
    if (text === '') return false;
    parts.box.value = text;
    parts.box.focus();
    return true;
  };
  const dragging = (on: boolean) => document.body.classList.toggle('dragging', on);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    dragging(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dragging(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    dragging(false);
    take(event.dataTransfer);
  });
  document.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files.length ?? 0;
    if (files === 0 && event.target === parts.box) return;
    if (take(event.clipboardData)) event.preventDefault();
  });
}
