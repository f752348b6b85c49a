package dev.llmload.report.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** The only class that touches Batik; loaded only where Batik is. */
final class BatikDrawing {
    private static final float SCALE = 2;
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    /** SVG 2 paints the rim of a text under it ({@code paint-order}); Batik knows SVG 1.1, so the rim becomes a text below. */
    private static final Pattern HALO =
            Pattern.compile("<text ([^>]*?) fill=\"([^\"]*)\" stroke=\"#FFFFFF\" stroke-width=\"3\""
                    + " stroke-linejoin=\"round\" paint-order=\"stroke\">([^<]*)</text>");

    private BatikDrawing() {}

    static byte[] png(String svg) throws IOException {
        var size = SIZE.matcher(svg);
        if (!size.find()) {
            throw new IllegalArgumentException("a drawing must have a viewBox");
        }
        PNGTranscoder transcoder = new PNGTranscoder();
        transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_WIDTH, SCALE * Float.parseFloat(size.group(1)));
        transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_HEIGHT, SCALE * Float.parseFloat(size.group(2)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            transcoder.transcode(new TranscoderInput(new StringReader(plain(svg))), new TranscoderOutput(out));
        } catch (TranscoderException | LinkageError e) {
            throw new IOException("Batik cannot draw it here: " + e, e);
        }
        return out.toByteArray();
    }

    private static String plain(String svg) {
        return HALO.matcher(svg)
                .replaceAll(
                        "<text $1 fill=\"#FFFFFF\" stroke=\"#FFFFFF\" stroke-width=\"3\" stroke-linejoin=\"round\">$3</text>\n"
                                + "<text $1 fill=\"$2\">$3</text>");
    }
}
