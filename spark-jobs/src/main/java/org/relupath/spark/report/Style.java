package org.relupath.spark.report;

/** The style sheet of a report; holds nothing that markup would read, and fetches nothing. */
final class Style {
  private Style() {}

  static final String CSS =
      """
      :root { color-scheme: light; }
      * { box-sizing: border-box; }
      body { margin: 0; background: #f4f6f8; color: #1f2933;
        font: 16px/1.5 Helvetica, Arial, sans-serif; }
      main { max-width: 1080px; margin: 0 auto; padding: 36px 20px 48px; }
      header { margin-bottom: 20px; }
      .kind { margin: 0; color: #0072b2; font-weight: 600; font-size: 14px; letter-spacing: .02em; }
      h1 { margin: 2px 0 0; font-size: 30px; line-height: 1.2; font-weight: 650;
        overflow-wrap: anywhere; }
      h2 { margin: 34px 0 12px; font-size: 19px; font-weight: 650; }
      h3 { margin: 0 0 8px; font-size: 16px; font-weight: 650; }
      dl, dd, dt { margin: 0; }
      .cards { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
      .cards.many { grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); }
      .cards div { background: #fff; border: 1px solid #dde3e9; border-radius: 10px;
        padding: 12px 14px; display: flex; flex-direction: column; justify-content: space-between; }
      .cards dt { font-size: 13px; color: #52606d; }
      .cards dd { font-size: 23px; font-weight: 600; font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere; }
      .figures { background: #fff; border: 1px solid #dde3e9; border-radius: 10px;
        padding: 8px 18px; columns: 3 280px; column-gap: 40px; font-size: 14px; }
      .figures div { display: flex; justify-content: space-between; gap: 18px; padding: 6px 0;
        border-bottom: 1px solid #eef1f4; break-inside: avoid; }
      .figures dt { color: #52606d; flex: none; max-width: 50%; overflow-wrap: anywhere; }
      .figures dd { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
      .proof { margin: 14px 0 0; padding: 12px 16px; background: #eaf4fa;
        border-left: 4px solid #0072b2; border-radius: 4px; font-size: 15px; }
      .proof.missed { background: #fdf1e7; border-left-color: #d55e00; }
      .charts { display: grid; gap: 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); }
      figure { margin: 0; background: #fff; border: 1px solid #dde3e9; border-radius: 10px;
        padding: 16px 16px 14px; break-inside: avoid; }
      figure.wide { grid-column: 1 / -1; }
      figure svg { display: block; width: 100%; height: auto;
        font-family: Helvetica, Arial, sans-serif; }
      figcaption { margin-top: 8px; font-size: 13.5px; line-height: 1.45; color: #52606d; }
      .number { white-space: nowrap; }
      .missing { padding: 24px; color: #52606d; background: #f4f6f8; font-size: 14px; }
      details { margin-top: 28px; background: #fff; border: 1px solid #dde3e9;
        border-radius: 10px; padding: 12px 18px; }
      summary { cursor: pointer; font-weight: 600; }
      .grid { background: #fff; border: 1px solid #dde3e9; border-radius: 10px;
        padding: 4px 18px 12px; }
      .grid th:first-child, .grid td:first-child { text-align: left; padding-left: 0; }
      .grid p { margin: 10px 0 0; font-size: 13.5px; line-height: 1.45; color: #52606d; }
      .scroll { overflow-x: auto; margin-top: 10px; }
      table { border-collapse: collapse; width: 100%; font-size: 13.5px;
        font-variant-numeric: tabular-nums; }
      th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid #eef1f4;
        white-space: nowrap; }
      th { color: #52606d; font-weight: 600; }
      .chosen td { background: #eaf4fa; font-weight: 600; }
      footer { margin-top: 28px; font-size: 13px; color: #52606d; }
      @media (max-width: 760px) {
        .charts { grid-template-columns: minmax(0, 1fr); }
        figure.wide { overflow-x: auto; }
        figure.wide svg { min-width: 640px; }
      }
      @media print { body { background: #fff; } main { padding: 0; max-width: none; } }
      """;
}
