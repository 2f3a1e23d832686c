/** Models that turn texts and pictures into vectors; the only package that touches ONNX Runtime and the tokenizer. */
@NullMarked
package io.sluice.embedder.model;

import org.jspecify.annotations.NullMarked;
