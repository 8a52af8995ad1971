namespace GeminiBalance.Protocol.Tests.Audio;

/// <summary>Reads FLAC, by the letter of RFC 9639, as far as one channel of 16 bits and fixed predictors need it.</summary>
internal sealed class FlacFile
{
    private readonly byte[] bytes;
    private long bit;

    public FlacFile(byte[] bytes)
    {
        this.bytes = bytes;
        Assert.Equal("fLaC"u8.ToArray(), bytes[..4]);
        bit = 32;
        Assert.Equal(0x80u, Read(8));
        Assert.Equal(34u, Read(24));
        BlockSize = (int)Read(16);
        Assert.Equal((uint)BlockSize, Read(16));
        bit += 48;
        Rate = (int)Read(20);
        Assert.Equal(0u, Read(3));
        Assert.Equal(15u, Read(5));
        TotalSamples = ((long)Read(12) << 24) | Read(24);
        bit += 128;
        while (bit < bytes.Length * 8L)
        {
            ReadFrame();
        }
    }

    public int BlockSize { get; }

    public int Rate { get; }

    public long TotalSamples { get; }

    public List<short> Samples { get; } = [];

    public List<int> FrameNumbers { get; } = [];

    private static int Sum(ReadOnlySpan<byte> bytes, int width, int polynomial)
    {
        var sum = 0;
        foreach (var value in bytes)
        {
            for (var i = 7; i >= 0; i--)
            {
                var top = ((sum >> (width - 1)) ^ (value >> i)) & 1;
                sum = (sum << 1) & ((1 << width) - 1);
                sum ^= top == 1 ? polynomial : 0;
            }
        }

        return sum;
    }

    private void ReadFrame()
    {
        var start = (int)(bit / 8);
        Assert.Equal(0b11111111111110u << 2, Read(16));
        var sizeCode = Read(4);
        var rateCode = Read(4);
        Assert.Equal(Rate == 24_000 ? 7u : 0u, rateCode);
        Assert.Equal(0b00001000u, Read(8));
        FrameNumbers.Add(ReadNumber());
        var size = sizeCode == 0b0111 ? (int)Read(16) + 1 : sizeCode == 0b1100 ? 4096 : throw new InvalidDataException("Unknown size of a block.");
        Assert.Equal((uint)Sum(bytes.AsSpan(start, (int)(bit / 8) - start), 8, 0x07), Read(8));
        ReadSubframe(size);
        bit = (bit + 7) / 8 * 8;
        var end = (int)(bit / 8);
        Assert.Equal((uint)Sum(bytes.AsSpan(start, end - start), 16, 0x8005), Read(16));
    }

    private void ReadSubframe(int size)
    {
        var type = Read(8) >> 1;
        Assert.Equal(0b001u, type >> 3);
        var order = (int)(type & 7);
        var values = new long[size];
        for (var i = 0; i < order; i++)
        {
            values[i] = (short)Read(16);
        }

        Assert.Equal(0u, Read(2));
        var partitionOrder = (int)Read(4);
        var at = order;
        for (var partition = 1; partition <= 1 << partitionOrder; partition++)
        {
            var width = (int)Read(4);
            Assert.NotEqual(15, width);
            for (; at < (size >> partitionOrder) * partition; at++)
            {
                values[at] = Predict(values, at, order) + ReadRice(width);
            }
        }

        Assert.Equal(size, at);
        Samples.AddRange(values.Select(value => checked((short)value)));
    }

    private static long Predict(long[] v, int i, int order) => order switch
    {
        0 => 0,
        1 => v[i - 1],
        2 => (2 * v[i - 1]) - v[i - 2],
        3 => (3 * v[i - 1]) - (3 * v[i - 2]) + v[i - 3],
        _ => (4 * v[i - 1]) - (6 * v[i - 2]) + (4 * v[i - 3]) - v[i - 4],
    };

    private long ReadRice(int width)
    {
        uint quotient = 0;
        while (Read(1) == 0)
        {
            quotient++;
        }

        var folded = ((long)quotient << width) | Read(width);
        return (folded >> 1) ^ -(folded & 1);
    }

    private int ReadNumber()
    {
        var first = Read(8);
        var ones = 0;
        while ((first & (0x80 >> ones)) != 0)
        {
            ones++;
        }

        var number = first & (0xFFu >> (ones + 1));
        for (var i = 1; i < ones; i++)
        {
            var next = Read(8);
            Assert.Equal(0x80u, next & 0xC0);
            number = (number << 6) | (next & 0x3F);
        }

        return (int)number;
    }

    private uint Read(int bits)
    {
        uint value = 0;
        for (var i = 0; i < bits; i++, bit++)
        {
            value = (value << 1) | ((uint)(bytes[bit / 8] >> (7 - (int)(bit % 8))) & 1);
        }

        return value;
    }
}
