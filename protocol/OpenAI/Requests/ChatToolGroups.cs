namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Groups of tools (<c>namespace</c>), which Gemini does not have: the group's name becomes a part of the name of each of its tools.</summary>
internal static class ChatToolGroups
{
    public const string Type = "namespace";

    private const string Separator = "__";

    /// <summary>What the model knows a tool by. No dot in it: Gemini is known to spoil calls whose names look like members of a module.</summary>
    public static string FullName(string? group, string name) => string.IsNullOrEmpty(group) ? name : Prefix(group) + name;

    /// <summary>The name within the group.</summary>
    public static string OwnName(ChatTool tool) => tool.Namespace is { } group ? tool.Name[Prefix(group).Length..] : tool.Name;

    /// <summary>The tools with those of groups in their place, in order.</summary>
    public static List<ChatTool> Flatten(List<ChatTool> tools)
    {
        if (!tools.Exists(tool => tool.Members is not null))
        {
            return tools;
        }

        var flat = new List<ChatTool>(tools.Count);
        foreach (var tool in tools)
        {
            if (tool.Members is not { } members)
            {
                flat.Add(tool);
                continue;
            }

            for (var i = 0; i < members.Count; i++)
            {
                flat.Add(InGroup(members[i], tool, isFirst: i == 0));
            }
        }

        return flat;
    }

    // What is said of the group is said once: it may be long.
    private static ChatTool InGroup(ChatTool member, ChatTool group, bool isFirst) => member.Kind is ChatToolKind.BuiltIn ? member : member with
    {
        Name = FullName(group.Namespace, member.Name),
        Namespace = group.Namespace,
        Description = isFirst && group.Description is { Length: > 0 } about ? $"{about}\n\n{member.Description}".TrimEnd() : member.Description,
    };

    private static string Prefix(string group) => group.EndsWith(Separator, StringComparison.Ordinal) ? group : group + Separator;
}
