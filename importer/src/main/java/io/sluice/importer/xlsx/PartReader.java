package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import java.io.IOException;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one XML part of a workbook, element by element. Document types and entities of their own are not allowed. The
 * characters come from {@link XmlGuard}, so the encoding that the part declares plays no role here.
 */
final class PartReader implements AutoCloseable {
    private final XMLStreamReader xml;
    private final Reader source;

    PartReader(Reader source) {
        this.source = source;
        try {
            this.xml = factory().createXMLStreamReader(source);
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** Makes a factory for each part: the JDK does not promise that several threads can share one. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** {@return whether there is another start or end of an element, which becomes the current one} */
    boolean next() {
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
                        return true;
                    }
                    case XMLStreamConstants.DTD -> throw damaged(null);
                    default -> {}
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** {@return whether the current event is the start of an element of this name} */
    boolean begins(String name) {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT
                && xml.getLocalName().equals(name);
    }

    /** {@return whether the current event is the end of an element of this name} */
    boolean ends(String name) {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals(name);
    }

    /** {@return an attribute of the current element by its local name; null when it has none} */
    @Nullable String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Reads the text of the current element to its end, and cuts it where it is longer than any row may be. */
    void text(StringBuilder into) {
        try {
            for (int depth = 1; depth > 0; ) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (into.length() <= FileLimits.ROW_LENGTH) {
                            into.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** Goes to the end of the current element. */
    void skip() {
        try {
            for (int depth = 1; depth > 0; ) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    static FileRefusedException damaged(@Nullable Exception cause) {
        return new FileRefusedException(
                FILE_DAMAGED, "The workbook is damaged; open it in Excel, save it anew, and send that.", cause);
    }

    @Override
    public void close() {
        try {
            xml.close();
            source.close();
        } catch (XMLStreamException | IOException e) {
            throw damaged(e);
        }
    }
}
