using System.Buffers;
using System.Buffers.Binary;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Packs samples as FLAC, without loss, to somewhat more than half their size. https://www.rfc-editor.org/rfc/rfc9639</summary>
internal sealed class FlacEncoder : ISpeechEncoder
{
    private const int BlockSamples = 4_096;
    private const int BlockCode = 0b1100;
    private const int OtherBlockCode = 0b0111;
    private const int BytesPerSample = 2;
    private const int BitsPerSample = 16;
    private const uint SixteenBitsCode = 0b100;
    private const uint FixedPredictor = 0b001000;

    private readonly BitWriter bits = new();
    private readonly int[] block = new int[BlockSamples];
    private int blockLength;
    private byte? halfSample;
    private uint rateCode;
    private uint frames;

    public void Begin(int rate, int? sampleBytes, IBufferWriter<byte> output)
    {
        rateCode = rate switch { 8_000 => 4u, 16_000 => 5, 22_050 => 6, 24_000 => 7, 32_000 => 8, 44_100 => 9, 48_000 => 10, _ => 0 };
        output.Write("fLaC"u8);
        bits.Clear();
        bits.Write(0x80, 8); // The last block of metadata, and the only one: what describes the stream
        bits.Write(34, 24);
        bits.Write(BlockSamples, 16);
        bits.Write(BlockSamples, 16);
        bits.Write(0, 24); // The smallest and the largest frame are not known
        bits.Write(0, 24);
        bits.Write((uint)rate, 20);
        bits.Write(0, 3); // One channel
        bits.Write(BitsPerSample - 1, 5);
        bits.Write(0, 12);
        var samples = (uint)((sampleBytes ?? 0) / BytesPerSample);
        bits.Write(samples >> 12, 12);
        bits.Write(samples, 12);
        for (var i = 0; i < 16; i++)
        {
            bits.Write(0, 8); // No hash of the samples
        }

        output.Write(bits.Written);
    }

    public void Append(ReadOnlySpan<byte> samples, IBufferWriter<byte> output)
    {
        if (halfSample is { } low && samples.Length > 0)
        {
            Add((short)(low | (samples[0] << 8)), output);
            samples = samples[1..];
            halfSample = null;
        }

        for (; samples.Length >= BytesPerSample; samples = samples[BytesPerSample..])
        {
            Add(BinaryPrimitives.ReadInt16LittleEndian(samples), output);
        }

        halfSample = samples.Length > 0 ? samples[0] : halfSample;
    }

    public void End(IBufferWriter<byte> output)
    {
        if (blockLength > 0)
        {
            WriteFrame(output);
        }
    }

    private void Add(short sample, IBufferWriter<byte> output)
    {
        block[blockLength++] = sample;
        if (blockLength == BlockSamples)
        {
            WriteFrame(output);
        }
    }

    private void WriteFrame(IBufferWriter<byte> output)
    {
        bits.Clear();
        bits.Write(0b11111111111110, 14);
        bits.Write(0, 2); // Blocks of one size
        bits.Write(blockLength == BlockSamples ? (uint)BlockCode : OtherBlockCode, 4);
        bits.Write(rateCode, 4);
        bits.Write(0, 4); // One channel
        bits.Write(SixteenBitsCode, 3);
        bits.Write(0, 1);
        WriteNumber(frames++);
        if (blockLength != BlockSamples)
        {
            bits.Write((uint)(blockLength - 1), 16);
        }

        bits.Write(FlacChecksums.OfHeader(bits.Written), 8);
        var (order, residual) = FlacResidual.Best(block.AsSpan(0, blockLength));
        bits.Write((FixedPredictor | (uint)order) << 1, 8);
        for (var i = 0; i < order; i++)
        {
            bits.Write((uint)block[i], BitsPerSample);
        }

        FlacResidual.Write(bits, residual, order);
        bits.Align();
        bits.Write(FlacChecksums.OfFrame(bits.Written), 16);
        output.Write(bits.Written);
        blockLength = 0;
    }

    // As UTF-8 writes a character.
    private void WriteNumber(uint number)
    {
        if (number < 0x80)
        {
            bits.Write(number, 8);
            return;
        }

        var trailing = 1;
        while (number >> ((trailing * 5) + 6) != 0)
        {
            trailing++;
        }

        bits.Write((0xFF00u >> (trailing + 1)) | (number >> (trailing * 6)), 8);
        for (var i = trailing - 1; i >= 0; i--)
        {
            bits.Write(0x80 | ((number >> (i * 6)) & 0x3F), 8);
        }
    }
}
