% SPDX-License-Identifier: GPL-3.0-or-later
% read_matlab(FILE): every press, with MATLAB's h5read. Written from its manual; no MATLAB was at hand to run it.
function read_matlab(file)
  trial = h5read(file, '/results/trial'); site = h5read(file, '/results/site_code');
  status = h5read(file, '/results/status'); ppt = h5read(file, '/results/ppt_kpa');
  for i = 1:numel(trial)
    fprintf('%d,%s,%d,%s\n', trial(i), deblank(site{i}), status(i), lower(sprintf('%.6f', ppt(i))));
  end
end
