package org.relupath.core.linalg;

/** Order statistics without sorting. */
public final class Selection {
  private Selection() {}

  /** The k-th smallest entry, k from 1, by Hoare's selection; reorders the array. */
  public static double smallest(double[] a, int k) {
    int low = 0;
    int high = a.length - 1;
    int target = k - 1;
    while (low < high) {
      double pivot = median(a[low], a[(low + high) >>> 1], a[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swap = a[i];
          a[i++] = a[j];
          a[j--] = swap;
        }
      }
      if (target <= j) {
        high = j;
      } else if (target >= i) {
        low = i;
      } else {
        return pivot;
      }
    }
    return a[low];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
