using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Tools that run upstream, by the many names clients give them.</summary>
internal sealed class BuiltInTools
{
    private bool search;
    private bool code;
    private bool urls;

    public bool Any => search || code || urls;

    public bool HasSearch => search;

    /// <summary>Takes a tool that is named by its type, or a function without parameters that is named like a built-in tool.</summary>
    /// <returns>False for a function of the client's own: one called <c>web_search</c> with parameters is.</returns>
    public bool TryTake(ChatTool tool, bool takesParameters)
    {
        if (tool.Kind is ChatToolKind.Custom || (tool.Kind is ChatToolKind.Function && takesParameters))
        {
            return false;
        }

        switch (tool.Name)
        {
            case "google_search" or "googleSearch" or "google_search_retrieval" or "googleSearchRetrieval":
            case { } name when name.StartsWith("web_search", StringComparison.Ordinal):
                return search = true;
            case "code_execution" or "codeExecution" or "code_interpreter":
                return code = true;
            case "url_context" or "urlContext":
                return urls = true;
            default:
                return false;
        }
    }

    public void TakeSearch() => search = true;

    public void TakeCode() => code = true;

    public void TakeUrls() => urls = true;

    public void AddTo(List<GeminiTool> tools)
    {
        if (search)
        {
            tools.Add(new GeminiTool { GoogleSearch = EmptyObject.Value });
        }

        if (code)
        {
            tools.Add(new GeminiTool { CodeExecution = EmptyObject.Value });
        }

        if (urls)
        {
            tools.Add(new GeminiTool { UrlContext = EmptyObject.Value });
        }
    }
}
