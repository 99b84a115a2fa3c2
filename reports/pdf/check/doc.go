// Package check tells whether a PDF is what Nåbar hands out: PDF/UA-1 and PDF/A-2a or 3a in one file.
//
// It reads the file by its own means and knows nothing of how reports/pdf writes one: two descriptions of the same rules
// that must agree. It is not a validator of PDF at large: it holds files to the part of the standards that concerns
// documents of text, tables and vector pictures, and takes every form that it does not know for a fault.
//
// Invariants: any bytes give an answer, never a panic or an endless loop; equal bytes give equal faults in equal order.
package check
