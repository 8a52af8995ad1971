using System.Buffers;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The samples as they are, in front of them nothing or the header of a WAV file.</summary>
internal sealed class PcmEncoder(bool withHeader) : ISpeechEncoder
{
    public void Begin(int rate, int? sampleBytes, IBufferWriter<byte> output)
    {
        if (withHeader)
        {
            output.Write(WaveHeader.Of(rate, sampleBytes));
        }
    }

    public void Append(ReadOnlySpan<byte> samples, IBufferWriter<byte> output) => output.Write(samples);

    public void End(IBufferWriter<byte> output)
    {
        // Nothing is kept.
    }
}
