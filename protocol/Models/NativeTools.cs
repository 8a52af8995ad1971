using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Models;

/// <summary>The tools that a request gets beside its own.</summary>
/// <param name="Added">Their names; empty when the request's tools stay as they are.</param>
/// <param name="BesideFunctions">Whether the request must allow functions and the upstream's own tools together.</param>
internal sealed record NativeTools(IReadOnlyList<string> Added, bool BesideFunctions)
{
    private const string Search = "googleSearch";
    private const string Code = "codeExecution";
    private const string Urls = "urlContext";

    public static NativeTools Choose(NativeRequestView request, NativeDefaults defaults)
    {
        var model = ModelTraits.Of(defaults.Model.Model);
        var added = new List<string>();

        // A cache holds the tools of its requests, and the upstream takes no others beside it.
        if (request.UsesCache)
        {
            return new(added, false);
        }

        // Asked for by name, so only what the upstream refuses stands in its way.
        if (defaults.Model.Features.Search && !request.HasTool(Search) && (model.IsGeneration3 || !(request.HasFunctions || request.IsJson)))
        {
            added.Add(Search);
        }

        var isOpen = model.TakesTools && !request.HasFunctions && !request.HasCalls && !request.IsJson && !defaults.Model.Features.Image;
        if (defaults.OffersUrlContext && isOpen && !request.HasTool(Urls))
        {
            added.Add(Urls);
        }

        if (defaults.OffersCodeExecution && isOpen && !request.HasTool(Code) && !request.HasMedia && !request.HasTool(Search) && !added.Contains(Search))
        {
            added.Add(Code);
        }

        return new(added, added.Count > 0 && request.HasFunctions);
    }

    /// <summary>The client's tools, if any, and the added ones.</summary>
    public void Write(IBufferWriter<byte> output, JsonElement own)
    {
        var count = 0;
        output.Write("["u8);
        if (own.ValueKind is JsonValueKind.Array)
        {
            foreach (var tool in own.EnumerateArray())
            {
                output.Write(count++ > 0 ? ","u8 : ""u8);
                output.Write(JsonMarshal.GetRawUtf8Value(tool));
            }
        }

        foreach (var name in Added)
        {
            output.Write(count++ > 0 ? ",{\""u8 : "{\""u8);
            output.Write(Encoding.UTF8.GetBytes(name));
            output.Write("\":{}}"u8);
        }

        output.Write("]"u8);
    }

    /// <summary>The client's <c>toolConfig</c>, if any, with leave for both kinds of tools.</summary>
    public static void WriteConfig(IBufferWriter<byte> output, JsonElement own)
    {
        var writer = new RawObjectWriter(output);
        if (own.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in own.EnumerateObject().Where(member => NativeName.Of(member) is not "includeServerSideToolInvocations"))
            {
                writer.Copy(member);
            }
        }

        writer.Name("includeServerSideToolInvocations"u8);
        output.Write("true"u8);
        writer.End();
    }
}
