unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,873 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.96552 to screen 0.98889,0.99134 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.97843 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012 ses-01, 2026-03-02: rate of pressing" at screen 0.02222,0.97529 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "36 of 36 accepted presses kept their mean rate inside the corridor; 0 too fast, 0 too" at screen 0.02222,0.94849 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "slow. On average 90 \045 of a ramp was inside." at screen 0.02222,0.92699 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "" at screen 0.03611,0.89251 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 6 "target point" at screen 0.05556,0.89251 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "" at screen 0.21944,0.89251 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 8 "other side" at screen 0.23889,0.89251 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "" at screen 0.38346,0.89251 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 10 "control point" at screen 0.40291,0.89251 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.56220,0.88472 to screen 0.58998,0.90030 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set label 11 "corridor, the target in its middle" at screen 0.59553,0.89251 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.09972,0.78180 to screen 0.14904,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.09972,0.80352 to screen 0.14904,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.12327,0.78594 to screen 0.12549,0.80099 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 12 "" at screen 0.12438,0.79347 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.10731,0.60940 to screen 0.14145,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 13 "1 UTRAP R" at screen 0.12438,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.14849,0.78180 to screen 0.19781,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.14849,0.80352 to screen 0.19781,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.17204,0.79503 to screen 0.17426,0.81008 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 14 "" at screen 0.17315,0.80256 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.15608,0.60940 to screen 0.19022,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 15 "2 LEV R" at screen 0.17315,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.19725,0.78180 to screen 0.24657,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.19725,0.80352 to screen 0.24657,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.22080,0.79436 to screen 0.22302,0.80942 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 16 "" at screen 0.22191,0.80189 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.20485,0.60940 to screen 0.23898,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 17 "3 ISP R" at screen 0.22191,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.24602,0.78180 to screen 0.29534,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.24602,0.80352 to screen 0.29534,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.26957,0.80011 to screen 0.27179,0.81516 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 18 "" at screen 0.27068,0.80763 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.25361,0.60940 to screen 0.28775,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 19 "4 RHOM R" at screen 0.27068,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.29478,0.78180 to screen 0.34410,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.29478,0.80352 to screen 0.34410,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.31833,0.79744 to screen 0.32056,0.81250 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 20 "" at screen 0.31944,0.80497 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.30238,0.60940 to screen 0.33651,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 21 "5 SUBO R" at screen 0.31944,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.34355,0.78180 to screen 0.39287,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.34355,0.80352 to screen 0.39287,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.36710,0.80678 to screen 0.36932,0.82184 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 22 "" at screen 0.36821,0.81431 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.35114,0.60940 to screen 0.38528,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 23 "6 UTRAP L" at screen 0.36821,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39231,0.78180 to screen 0.44164,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.39231,0.80352 to screen 0.44164,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.41586,0.80074 to screen 0.41809,0.81579 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 24 "" at screen 0.41698,0.80827 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.39991,0.60940 to screen 0.43404,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 25 "7 LEV L" at screen 0.41698,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.44108,0.78180 to screen 0.49040,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.44108,0.80352 to screen 0.49040,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.46463,0.79584 to screen 0.46685,0.81089 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 26 "" at screen 0.46574,0.80336 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.44867,0.60940 to screen 0.48281,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 27 "8 ISP L" at screen 0.46574,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.48985,0.78180 to screen 0.53917,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48985,0.80352 to screen 0.53917,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.51340,0.80408 to screen 0.51562,0.81913 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 28 "" at screen 0.51451,0.81161 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.49744,0.60940 to screen 0.53157,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 29 "9 RHOM L" at screen 0.51451,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.53861,0.78180 to screen 0.58793,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.53861,0.80352 to screen 0.58793,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.56216,0.80255 to screen 0.56438,0.81760 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 30 "" at screen 0.56327,0.81008 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.54620,0.60940 to screen 0.58034,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 31 "10 SUBO L" at screen 0.56327,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.58738,0.78180 to screen 0.63670,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.58738,0.80352 to screen 0.63670,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.61093,0.79803 to screen 0.61315,0.81308 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 32 "" at screen 0.61204,0.80555 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.59497,0.60940 to screen 0.62910,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 33 "11 TA R" at screen 0.61204,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.63614,0.78180 to screen 0.68546,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63614,0.80352 to screen 0.68546,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.65969,0.80685 to screen 0.66191,0.82190 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 34 "" at screen 0.66080,0.81438 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.64373,0.60940 to screen 0.67787,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 35 "12 THEN R" at screen 0.66080,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.68491,0.78180 to screen 0.73423,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.68491,0.80352 to screen 0.73423,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.70846,0.79482 to screen 0.71068,0.80987 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 36 "" at screen 0.70957,0.80235 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.69250,0.60940 to screen 0.72664,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 37 "13 UTRAP R" at screen 0.70957,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.73367,0.78180 to screen 0.78299,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.73367,0.80352 to screen 0.78299,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.75722,0.80667 to screen 0.75944,0.82173 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 38 "" at screen 0.75833,0.81420 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.74127,0.60940 to screen 0.77540,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 39 "14 LEV R" at screen 0.75833,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.78244,0.78180 to screen 0.83176,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.78244,0.80352 to screen 0.83176,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.80599,0.79327 to screen 0.80821,0.80832 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 40 "" at screen 0.80710,0.80080 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.79003,0.60940 to screen 0.82417,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 41 "15 ISP R" at screen 0.80710,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.83120,0.78180 to screen 0.88052,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.83120,0.80352 to screen 0.88052,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.85475,0.79017 to screen 0.85698,0.80522 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 42 "" at screen 0.85586,0.79769 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.83880,0.60940 to screen 0.87293,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 43 "16 RHOM R" at screen 0.85586,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.87997,0.78180 to screen 0.92929,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.87997,0.80352 to screen 0.92929,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.90352,0.79169 to screen 0.90574,0.80675 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 44 "" at screen 0.90463,0.79922 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.88756,0.60940 to screen 0.92170,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 45 "17 SUBO R" at screen 0.90463,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.92873,0.78180 to screen 0.97806,0.82696 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.92873,0.80352 to screen 0.97806,0.80525 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.95228,0.79049 to screen 0.95451,0.80555 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 46 "" at screen 0.95340,0.79802 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.93633,0.60940 to screen 0.97046,0.64835 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 47 "18 UTRAP L" at screen 0.95340,0.60291 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 48 "mean rate (kPa/s)" at screen 0.10000,0.86236 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 49 "ramp in the corridor (\045)" at screen 0.10000,0.66775 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.09333,0.69148 to screen 0.10000,0.69148 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 50 "0" at screen 0.08889,0.69148 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.72912 to screen 0.10000,0.72912 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 51 "10" at screen 0.08889,0.72912 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.76675 to screen 0.10000,0.76675 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 52 "20" at screen 0.08889,0.76675 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.80438 to screen 0.10000,0.80438 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 53 "30" at screen 0.08889,0.80438 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.84202 to screen 0.10000,0.84202 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 54 "40" at screen 0.08889,0.84202 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.10000,0.84728 to screen 0.10000,0.69148 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set arrow from screen 0.10000,0.69148 to screen 0.97778,0.69148 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 55 "100" at screen 0.08889,0.65268 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.65268 to screen 0.97778,0.65268 nohead front linewidth 0.6 dashtype 3 linecolor rgb "#6e6e6e"
set label 56 "0" at screen 0.08889,0.60940 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.60940 to screen 0.97778,0.60940 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set object rectangle from screen 0.09972,0.39473 to screen 0.14904,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.09972,0.41645 to screen 0.14904,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.12327,0.42017 to screen 0.12549,0.43523 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 57 "" at screen 0.12438,0.42770 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.10731,0.22233 to screen 0.14145,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 58 "19 LEV L" at screen 0.12438,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.14849,0.39473 to screen 0.19781,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.14849,0.41645 to screen 0.19781,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.17204,0.40669 to screen 0.17426,0.42174 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 59 "" at screen 0.17315,0.41421 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.15608,0.22233 to screen 0.19022,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 60 "20 ISP L" at screen 0.17315,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.19725,0.39473 to screen 0.24657,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.19725,0.41645 to screen 0.24657,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.22080,0.40499 to screen 0.22302,0.42004 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 61 "" at screen 0.22191,0.41252 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.20485,0.22233 to screen 0.23898,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 62 "21 RHOM L" at screen 0.22191,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.24602,0.39473 to screen 0.29534,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.24602,0.41645 to screen 0.29534,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.26957,0.40936 to screen 0.27179,0.42441 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 63 "" at screen 0.27068,0.41689 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.25361,0.22233 to screen 0.28775,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 64 "22 SUBO L" at screen 0.27068,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.29478,0.39473 to screen 0.34410,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.29478,0.41645 to screen 0.34410,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.31833,0.41667 to screen 0.32056,0.43172 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 65 "" at screen 0.31944,0.42419 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.30238,0.22233 to screen 0.33651,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 66 "23 TA R" at screen 0.31944,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.34355,0.39473 to screen 0.39287,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.34355,0.41645 to screen 0.39287,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.36710,0.41877 to screen 0.36932,0.43382 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 67 "" at screen 0.36821,0.42629 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.35114,0.22233 to screen 0.38528,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 68 "24 THEN R" at screen 0.36821,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39231,0.39473 to screen 0.44164,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.39231,0.41645 to screen 0.44164,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.41586,0.40818 to screen 0.41809,0.42323 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 69 "" at screen 0.41698,0.41570 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.39991,0.22233 to screen 0.43404,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 70 "25 UTRAP R" at screen 0.41698,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.44108,0.39473 to screen 0.49040,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.44108,0.41645 to screen 0.49040,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.46463,0.41168 to screen 0.46685,0.42674 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 71 "" at screen 0.46574,0.41921 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.44867,0.22233 to screen 0.48281,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 72 "26 LEV R" at screen 0.46574,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.48985,0.39473 to screen 0.53917,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48985,0.41645 to screen 0.53917,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.51340,0.41332 to screen 0.51562,0.42838 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 73 "" at screen 0.51451,0.42085 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.49744,0.22233 to screen 0.53157,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 74 "27 ISP R" at screen 0.51451,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.53861,0.39473 to screen 0.58793,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.53861,0.41645 to screen 0.58793,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.56216,0.41542 to screen 0.56438,0.43048 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 75 "" at screen 0.56327,0.42295 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.54620,0.22233 to screen 0.58034,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 76 "28 RHOM R" at screen 0.56327,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.58738,0.39473 to screen 0.63670,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.58738,0.41645 to screen 0.63670,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.61093,0.41006 to screen 0.61315,0.42512 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 77 "" at screen 0.61204,0.41759 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.59497,0.22233 to screen 0.62910,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 78 "29 SUBO R" at screen 0.61204,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.63614,0.39473 to screen 0.68546,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63614,0.41645 to screen 0.68546,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.65969,0.41077 to screen 0.66191,0.42582 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 79 "" at screen 0.66080,0.41830 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.64373,0.22233 to screen 0.67787,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 80 "30 UTRAP L" at screen 0.66080,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.68491,0.39473 to screen 0.73423,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.68491,0.41645 to screen 0.73423,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.70846,0.41238 to screen 0.71068,0.42743 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 81 "" at screen 0.70957,0.41990 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.69250,0.22233 to screen 0.72664,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 82 "31 LEV L" at screen 0.70957,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.73367,0.39473 to screen 0.78299,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.73367,0.41645 to screen 0.78299,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.75722,0.41620 to screen 0.75944,0.43126 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 83 "" at screen 0.75833,0.42373 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.74127,0.22233 to screen 0.77540,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 84 "32 ISP L" at screen 0.75833,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.78244,0.39473 to screen 0.83176,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.78244,0.41645 to screen 0.83176,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.80599,0.40387 to screen 0.80821,0.41892 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 85 "" at screen 0.80710,0.41140 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.79003,0.22233 to screen 0.82417,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 86 "33 RHOM L" at screen 0.80710,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.83120,0.39473 to screen 0.88052,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.83120,0.41645 to screen 0.88052,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.85475,0.41451 to screen 0.85698,0.42956 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 87 "" at screen 0.85586,0.42204 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.83880,0.22233 to screen 0.87293,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 88 "34 SUBO L" at screen 0.85586,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.87997,0.39473 to screen 0.92929,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.87997,0.41645 to screen 0.92929,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.90352,0.41884 to screen 0.90574,0.43389 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 89 "" at screen 0.90463,0.42637 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.88756,0.22233 to screen 0.92170,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 90 "35 TA R" at screen 0.90463,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.92873,0.39473 to screen 0.97806,0.43989 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.92873,0.41645 to screen 0.97806,0.41818 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.95228,0.41004 to screen 0.95451,0.42509 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 91 "" at screen 0.95340,0.41756 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set object rectangle from screen 0.93633,0.22233 to screen 0.97046,0.26128 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 92 "36 THEN R" at screen 0.95340,0.21584 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 93 "mean rate (kPa/s)" at screen 0.10000,0.47529 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 94 "ramp in the corridor (\045)" at screen 0.10000,0.28068 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.09333,0.30441 to screen 0.10000,0.30441 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 95 "0" at screen 0.08889,0.30441 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.34205 to screen 0.10000,0.34205 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 96 "10" at screen 0.08889,0.34205 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.37968 to screen 0.10000,0.37968 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 97 "20" at screen 0.08889,0.37968 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.41731 to screen 0.10000,0.41731 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 98 "30" at screen 0.08889,0.41731 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.45495 to screen 0.10000,0.45495 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 99 "40" at screen 0.08889,0.45495 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.10000,0.46022 to screen 0.10000,0.30441 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set arrow from screen 0.10000,0.30441 to screen 0.97778,0.30441 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 100 "100" at screen 0.08889,0.26561 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.26561 to screen 0.97778,0.26561 nohead front linewidth 0.6 dashtype 3 linecolor rgb "#6e6e6e"
set label 101 "0" at screen 0.08889,0.22233 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.22233 to screen 0.97778,0.22233 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 102 "Target 30 kPa/s, corridor ±20 \045 (24 to 36 kPa/s). Mean rate: least-squares slope" at screen 0.02222,0.08822 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 103 "between 20 \045 and 90 \045 of the pressure at the response. Bar: 1 SD of the slope on" at screen 0.02222,0.06672 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 104 "either side. Share: part of that time with the slope over 0.4 s inside the corridor." at screen 0.02222,0.04523 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 105 "Counted are accepted presses; rejected and censored ones are drawn." at screen 0.02222,0.02373 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [231.06476:0]
plot -1 with lines
unset multiplot
