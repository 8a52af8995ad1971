using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GeminiBalance.Protocol.Models;

/// <summary>Writes a JSON object of which most members are copied as they stand in another.</summary>
internal struct RawObjectWriter
{
    private readonly IBufferWriter<byte> output;
    private bool hasMember;

    public RawObjectWriter(IBufferWriter<byte> output)
    {
        this.output = output;
        output.Write("{"u8);
    }

    public void Copy(JsonProperty member)
    {
        Name(JsonMarshal.GetRawUtf8PropertyName(member));
        output.Write(JsonMarshal.GetRawUtf8Value(member.Value));
    }

    /// <param name="name">As it stands between quotes; the value is written next.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        output.Write(hasMember ? ",\""u8 : "\""u8);
        output.Write(name);
        output.Write("\":"u8);
        hasMember = true;
    }

    public readonly void End() => output.Write("}"u8);
}
