% SPDX-License-Identifier: GPL-3.0-or-later
% read_matlab(FILE): every threshold, with MATLAB's h5read. Written from its manual; no MATLAB was at hand to run it.
% Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
function read_matlab(file)
  trial = h5read(file, '/results/trial'); site = h5read(file, '/results/site_code');
  status = h5read(file, '/results/status'); ppt = h5read(file, '/results/ppt_kpa');
  try, kind = h5read(file, '/results/kind'); catch, kind = ones(size(trial)); end
  for i = find(kind(:)' == 1 | kind(:)' == 3)
    fprintf('%d,%s,%d,%s\n', trial(i), deblank(site{i}), status(i), lower(sprintf('%.6f', ppt(i))));
  end
end
