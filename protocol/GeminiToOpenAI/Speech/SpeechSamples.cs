using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What a part of an answer lets hear.</summary>
/// <param name="Rate">Hertz.</param>
/// <param name="Bytes">Samples: 16-bit little-endian, one channel.</param>
internal readonly record struct SpeechSamples(int Rate, ReadOnlyMemory<byte> Bytes)
{
    private const int ChunkHeaderBytes = 8;
    private const int FormatBytesMin = 16;

    /// <exception cref="MalformedAnswerException">The part is neither raw samples nor a WAV file of such.</exception>
    public static SpeechSamples Of(ResponseBlob blob)
    {
        var data = blob.Data.Span;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(data.Length)];
        if (Base64.DecodeFromUtf8(data, bytes, out _, out var count) != OperationStatus.Done)
        {
            throw new MalformedAnswerException("The upstream's speech is not base64.");
        }

        var memory = bytes.AsMemory(0, count);
        return WaveHeader.RateOfRawSamples(blob.MimeType!) is { } rate ? new(rate, memory) : OfWave(memory);
    }

    // A file is a list of chunks; what describes the samples comes before them.
    private static SpeechSamples OfWave(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            throw new MalformedAnswerException("The upstream's speech is neither raw samples nor a WAV file.");
        }

        int? rate = null;
        for (var at = 12; at + ChunkHeaderBytes <= bytes.Length;)
        {
            var name = bytes[at..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var start = at + ChunkHeaderBytes;
            var size = (int)Math.Min(length, (uint)(bytes.Length - start));
            if (name.StartsWith("fmt "u8) && size >= FormatBytesMin)
            {
                rate = RateOf(bytes.Slice(start, size));
            }
            else if (name.StartsWith("data"u8) && rate is { } hertz)
            {
                return new SpeechSamples(hertz, file.Slice(start, size));
            }

            at = start + size + (size & 1);
        }

        throw new MalformedAnswerException("The upstream's WAV file holds no samples.");
    }

    private static int RateOf(ReadOnlySpan<byte> format)
    {
        var channels = BinaryPrimitives.ReadInt16LittleEndian(format[2..]);
        var bits = BinaryPrimitives.ReadInt16LittleEndian(format[14..]);
        return channels == 1 && bits == 16
            ? BinaryPrimitives.ReadInt32LittleEndian(format[4..])
            : throw new MalformedAnswerException($"The upstream's WAV file has {channels} channels of {bits} bits; expected one of 16.");
    }
}
