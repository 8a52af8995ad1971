using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.Models;

/// <summary>The changes to one request.</summary>
internal sealed record NativeEdit(ModelRequest Model, NativeTools Tools, NativeGenerationConfig Config, IReadOnlyList<GeminiSafetySetting> Safety)
{
    public void Write(JsonElement request, IBufferWriter<byte> output)
    {
        var writer = new RawObjectWriter(output);
        JsonElement tools = default, toolConfig = default, config = default;
        foreach (var member in request.EnumerateObject())
        {
            switch (NativeName.Of(member))
            {
                case "tools" when Tools.Added.Count > 0:
                    tools = member.Value;
                    break;
                case "toolConfig" when Tools.BesideFunctions:
                    toolConfig = member.Value;
                    break;
                case "generationConfig" when !Config.IsEmpty:
                    config = member.Value;
                    break;
                case "safetySettings" when Safety.Count > 0:
                    break;
                case { } name when NativeModelName.MayHold(name) && Model.Model != Model.Name:
                    writer.Name(JsonMarshal.GetRawUtf8PropertyName(member));
                    NativeModelName.Write(output, member.Value, Model);
                    break;
                default:
                    writer.Copy(member);
                    break;
            }
        }

        WriteAdded(ref writer, output, tools, toolConfig, config);
        writer.End();
    }

    private void WriteAdded(ref RawObjectWriter writer, IBufferWriter<byte> output, JsonElement tools, JsonElement toolConfig, JsonElement config)
    {
        if (Tools.Added.Count > 0)
        {
            writer.Name("tools"u8);
            Tools.Write(output, tools);
        }

        if (Tools.BesideFunctions)
        {
            writer.Name("toolConfig"u8);
            NativeTools.WriteConfig(output, toolConfig);
        }

        if (!Config.IsEmpty)
        {
            writer.Name("generationConfig"u8);
            Config.Write(output, config);
        }

        if (Safety.Count > 0)
        {
            writer.Name("safetySettings"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes([.. Safety], GeminiRequestContext.Default.ListGeminiSafetySetting));
        }
    }
}
