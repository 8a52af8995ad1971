using System.Buffers;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The last event of an answer that had begun and cannot be completed.</summary>
internal static class InterruptedStream
{
    /// <summary>Writes the error in the stream's own framing.</summary>
    /// <param name="to">The client's stream, at the end of a whole event.</param>
    /// <param name="face">The client's dialect.</param>
    /// <param name="isArray">Whether the stream is a JSON array; else it is server-sent events.</param>
    /// <param name="error">What to tell.</param>
    /// <param name="isFirst">Whether nothing stands in the array yet.</param>
    public static void WriteError(IBufferWriter<byte> to, Face face, bool isArray, ClientError error, bool isFirst = false)
    {
        if (face == Face.Interactions)
        {
            error.Interactions.WriteEventTo(to);
            return;
        }

        to.Write(!isArray ? "data: "u8 : isFirst ? "\n"u8 : ",\r\n"u8);
        ErrorAnswers.Write(to, face, error);
        to.Write(isArray ? "\n]"u8 : "\n\n"u8);
    }
}
